import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const PROGRAM = fileURLToPath(new URL('../../.ci/count-tests.mjs', import.meta.url));

interface FileReport {
  readonly name: string;
  readonly status: string;
  readonly message: string;
  readonly assertionResults: readonly {
    readonly status: string;
    readonly fullName: string;
    readonly failureMessages: readonly string[];
  }[];
}
interface Report {
  readonly success: boolean;
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly FileReport[];
}

const ofFile = (status: string, assertionResults: FileReport['assertionResults'], message = ''): FileReport => ({
  name: 'test/some.test.ts',
  status,
  message,
  assertionResults,
});
const aPassed = { status: 'passed', fullName: 'it holds', failureMessages: [] };

const green = (passed: number): Report => ({
  success: true,
  numPassedTests: passed,
  numFailedTests: 0,
  testResults: [ofFile('passed', [aPassed])],
});
const red: Report = {
  success: false,
  numPassedTests: 4,
  numFailedTests: 1,
  testResults: [
    ofFile('failed', [
      aPassed,
      {
        status: 'failed',
        fullName: 'it breaks',
        failureMessages: ['AssertionError: expected 1 to be 2\n    at there'],
      },
    ]),
  ],
};
const broken: Report = {
  success: false,
  numPassedTests: 0,
  numFailedTests: 0,
  testResults: [ofFile('failed', [], 'Cannot find module')],
};

describe('the count at the end of .ci/run', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'reports-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it.each([
    ['sums the reports', [green(7), green(5)], '12 passed, 0 failed', 0],
    ['says what failed, and fails', [green(7), red], '11 passed, 1 failed', 1],
    ['counts a file that could not be loaded as failed', [green(7), broken], '7 passed, 1 failed', 1],
    ['fails when a runner left no report', [green(7), undefined], '7 passed, 0 failed', 1],
    ['fails when nothing ran', [green(0)], '0 passed, 0 failed', 1],
  ])('%s', (_title, reports, line, status) => {
    const paths = reports.map((report, index) => {
      const path = join(folder, `${index}.json`);
      if (report !== undefined) writeFileSync(path, JSON.stringify(report));
      return path;
    });
    const result = spawnSync(process.execPath, [PROGRAM, ...paths], { encoding: 'utf8' });
    expect(result.stdout.trimEnd().split('\n').at(-1)).toBe(line);
    expect(result.status).toBe(status);
  });

  it('names the failed tests and why before it, so that the end of a long log tells them', () => {
    const paths = [red, broken].map((report, index) => {
      const path = join(folder, `${index}.json`);
      writeFileSync(path, JSON.stringify(report));
      return path;
    });
    expect(spawnSync(process.execPath, [PROGRAM, ...paths], { encoding: 'utf8' }).stdout).toBe(
      [
        'failed: test/some.test.ts > it breaks',
        '    AssertionError: expected 1 to be 2',
        '        at there',
        'failed: test/some.test.ts > the file itself',
        '    Cannot find module',
        '4 passed, 2 failed',
        '',
      ].join('\n'),
    );
  });
});
