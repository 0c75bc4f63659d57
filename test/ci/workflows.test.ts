import { accessSync, constants, readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const FOLDER = new URL('../../.github/workflows/', import.meta.url);
const workflows = readdirSync(FOLDER).map((name) => [name, readFileSync(new URL(name, FOLDER), 'utf8')] as const);
const scripts = Object.keys(
  (JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { scripts: object }).scripts,
);

it.each(workflows)('%s pins its actions by hash, and may read the repository and no more', (_name, text) => {
  const actions = [...text.matchAll(/uses: (\S+)( # v\d+\.\d+\.\d+)?/g)];
  expect(actions.length).toBeGreaterThan(0);
  expect(actions.filter(([, action = '', version]) => !/@[0-9a-f]{40}$/.test(action) || version === undefined)).toEqual(
    [],
  );
  expect(text).toMatch(/^permissions:\n {2}contents: read$/m);
  expect(text).not.toMatch(/: write-all|contents: write/);
});

it.each(workflows)('%s calls scripts that there are', (_name, text) => {
  const called = [...text.matchAll(/npm run ([\w:-]+)/g)].map((match) => match[1] ?? '');
  expect(called.filter((name) => !scripts.includes(name))).toEqual([]);
});

it('nightly runs all that .ci/run does, in a container of Debian', () => {
  const [, text = ''] = workflows.find(([name]) => name === 'nightly.yml') ?? [];
  expect(text).toMatch(/^ {2}schedule:$/m);
  expect(text).toMatch(/^ {2}workflow_dispatch:$/m);
  expect(text).toMatch(/^ {6}image: node:20-bookworm$/m);
  expect(text).toMatch(/^ {6}- run: \.ci\/run$/m);
  expect(() => accessSync(new URL('../../.ci/run', import.meta.url), constants.X_OK)).not.toThrow();
});
