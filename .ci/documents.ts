import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { VODAPAY_ERRORS } from '../libs/vodapay/src/errors/vodapay-errors.js';
import { RESULT_CODES } from '../libs/vodapay/src/protocol/result-codes.js';
import { apiSnapshots } from './api-snapshots.js';
import { configurationDocument } from './configuration-document.js';
import { capacityTable, simulationTable, type KeptCapacity } from './capacity-tables.js';
import { errorsDocument } from './errors-document.js';
import { growthTable, type KeptGrowth } from './growth-table.js';
import { optionsTable } from './options-table.js';
import { performancePlot } from './performance-plot.js';
import { describeRun, performanceTables, type KeptRequests } from './performance-tables.js';
import { replaceBetweenMarks } from './replace-between-marks.js';
import { logEventsTable, logFieldsTable, metricsTable, spansTable } from './telemetry-tables.js';

const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');

/** Path from the root → what the document must say, made from the sources as they are now. */
export async function documents(): Promise<ReadonlyMap<string, string>> {
  const made = [
    ['docs/errors.md', errorsDocument(VODAPAY_ERRORS, RESULT_CODES)],
    ['docs/configuration.md', configurationDocument(read('libs/vodapay/src/vodapay.options.ts'))],
    ['README.md', readme(read('README.md'))],
    ...measured(),
    ...apiSnapshots(),
    ['docs/operations.md', operations(read('docs/operations.md'))],
  ] as const;
  return new Map(await Promise.all(made.map(async ([path, text]) => [path, await formatted(path, text)] as const)));
}

/** What is told of the figures in `bench/results/`. */
function measured(): readonly (readonly [path: string, text: string])[] {
  const requests = [kept('requests-node20') as KeptRequests, kept('requests-node24') as KeptRequests] as const;
  const capacity = kept('capacity') as KeptCapacity;
  const performance = replaceBetweenMarks(read('docs/performance.md'), 'requests', performanceTables(requests));
  const scaling = replaceBetweenMarks(read('docs/scaling.md'), 'capacity', capacityTable(capacity));
  return [
    ['docs/performance.svg', performancePlot(requests[1].costs, describeRun(requests[1]))],
    ['docs/performance.md', replaceBetweenMarks(performance, 'growth', growthTable(kept('growth') as KeptGrowth))],
    ['docs/scaling.md', replaceBetweenMarks(scaling, 'simulation', simulationTable(capacity))],
  ];
}

function kept(name: string): unknown {
  return JSON.parse(read(`bench/results/${name}.json`));
}

async function formatted(path: string, text: string): Promise<string> {
  if (path.endsWith('.svg')) return text;
  const file = fileURLToPath(new URL(`../${path}`, import.meta.url));
  return format(text, { ...(await resolveConfig(file)), filepath: file });
}

function operations(current: string): string {
  const parts = {
    spans: spansTable(),
    metrics: metricsTable(),
    'log-events': logEventsTable(),
    'log-fields': logFieldsTable(read('libs/vodapay/src/telemetry/log-fields.ts')),
  };
  return Object.entries(parts).reduce((text, [mark, table]) => replaceBetweenMarks(text, mark, table), current);
}

function readme(current: string): string {
  const module = `\`\`\`ts\n${read('apps/sample/src/app.module.ts').trimEnd()}\n\`\`\``;
  const withModule = replaceBetweenMarks(current, 'apps/sample/src/app.module.ts', module);
  return replaceBetweenMarks(withModule, 'options', optionsTable(read('libs/vodapay/src/vodapay.options.ts')));
}
