import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { documents } from '../../.ci/documents.js';
import { optionsTable } from '../../.ci/options-table.js';
import { replaceBetweenMarks } from '../../.ci/replace-between-marks.js';
import { DEFAULTS } from '../../libs/vodapay/src/vodapay.options.js';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

const made = await documents();

describe('the documents that are made from the sources', () => {
  it.each([...made])('%s says what the sources say (else: npm run docs)', (path, expected) => {
    expect(read(path)).toBe(expected);
  });

  it("the README's first code block is the sample's own module, word by word", () => {
    const [, firstBlock] = /```ts\n([\s\S]*?)\n```/.exec(read('README.md')) ?? [];
    expect(read('README.md').indexOf('```')).toBe(read('README.md').indexOf('```ts'));
    expect(`${firstBlock}\n`).toBe(read('apps/sample/src/app.module.ts'));
  });

  it('a generated part without its marks is a mistake, not silence', () => {
    expect(() => replaceBetweenMarks('# No marks', 'options', 'text')).toThrow(/lacks the marks/);
  });
});

describe('the default that the documents name for an option is the one in DEFAULTS', () => {
  const rows = optionsTable(read('libs/vodapay/src/vodapay.options.ts')).split('\n');
  const defaults = flatten(DEFAULTS, '');

  it.each(defaults)('%s', (name, value) => {
    const row = rows.find((text) => text.startsWith(`| \`${name}\``));
    const [, told = ''] =
      /default:? `?([a-z0-9-]+(?:\.\d+)?(?: \d{3})*)`?/i.exec(
        row?.slice(row.toLowerCase().lastIndexOf('default')) ?? '',
      ) ?? [];
    expect(told.replaceAll(' ', '')).toBe(String(value));
  });

  it('and there are some', () => expect(defaults.length).toBeGreaterThan(8));
});

function flatten(value: object, path: string): readonly (readonly [string, unknown])[] {
  return Object.entries(value).flatMap(([key, inner]) =>
    typeof inner === 'object' && inner !== null
      ? flatten(inner, `${path}${key}.`)
      : [[`${path}${key}`, inner] as const],
  );
}
