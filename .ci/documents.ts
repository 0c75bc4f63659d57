import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { VODAPAY_ERRORS } from '../libs/vodapay/src/errors.js';
import { RESULT_CODES } from '../libs/vodapay/src/protocol/result-codes.js';
import { apiSnapshots } from './api-snapshots.js';
import { configurationDocument } from './configuration-document.js';
import { errorsDocument } from './errors-document.js';
import { optionsTable } from './options-table.js';
import { replaceBetweenMarks } from './replace-between-marks.js';
import { metricsTable, spansTable } from './telemetry-tables.js';

const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');

/** Path from the root → what the document must say, made from the sources as they are now. */
export async function documents(): Promise<ReadonlyMap<string, string>> {
  const made = [
    ['docs/errors.md', errorsDocument(VODAPAY_ERRORS, RESULT_CODES)],
    ['docs/configuration.md', configurationDocument(read('libs/vodapay/src/vodapay.options.ts'))],
    ['README.md', readme(read('README.md'))],
    ...apiSnapshots(),
    ['docs/operations.md', operations(read('docs/operations.md'))],
  ] as const;
  return new Map(await Promise.all(made.map(async ([path, text]) => [path, await formatted(path, text)] as const)));
}

async function formatted(path: string, text: string): Promise<string> {
  const file = fileURLToPath(new URL(`../${path}`, import.meta.url));
  return format(text, { ...(await resolveConfig(file)), filepath: file });
}

function operations(current: string): string {
  return replaceBetweenMarks(replaceBetweenMarks(current, 'spans', spansTable()), 'metrics', metricsTable());
}

function readme(current: string): string {
  const module = `\`\`\`ts\n${read('apps/sample/src/app.module.ts').trimEnd()}\n\`\`\``;
  const withModule = replaceBetweenMarks(current, 'apps/sample/src/app.module.ts', module);
  return replaceBetweenMarks(withModule, 'options', optionsTable(read('libs/vodapay/src/vodapay.options.ts')));
}
