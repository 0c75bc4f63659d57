import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from './start-sample.js';

const PROGRAM = fileURLToPath(new URL('../../apps/start/ensure-installed.mjs', import.meta.url));
const LOCKED = {
  '': { name: 'clone' },
  'node_modules/one': { version: '1.0.0', integrity: 'sha512-one' },
  'node_modules/elsewhere': { version: '2.0.0', integrity: 'sha512-elsewhere', optional: true },
  'node_modules/ours': { resolved: 'libs/ours', link: true },
};
const { '': _root, 'node_modules/elsewhere': _elsewhere, ...PRESENT } = LOCKED;

let clone: ReturnType<typeof temporaryFolder>;
const inClone = (...parts: string[]): string => join(clone.path, ...parts);

beforeEach(() => {
  clone = temporaryFolder();
  mkdirSync(inClone('apps/start'), { recursive: true });
  cpSync(PROGRAM, inClone('apps/start/ensure-installed.mjs'));
  writeFileSync(
    inClone('npm.mjs'),
    `import { writeFileSync } from 'node:fs'; writeFileSync('ran', process.argv.slice(2).join(' '));`,
  );
  writeFileSync(inClone('package-lock.json'), JSON.stringify({ packages: LOCKED }));
  installed(PRESENT);
});
afterEach(() => clone.remove());

describe('before npm start and npm test', () => {
  it('nothing is installed when node_modules is what the lockfile says, other platforms aside', () => {
    expect(run()).toMatchObject({ status: 0, stdout: '' });
    expect(existsSync(inClone('ran'))).toBe(false);
  });

  it.each([
    ['there is no node_modules', () => rmSync(inClone('node_modules'), { recursive: true })],
    ['npm did not finish', () => rmSync(inClone('node_modules/.package-lock.json'))],
    ['a folder is missing', () => rmSync(inClone('node_modules/one'), { recursive: true })],
    ['a package is missing', () => installed({ 'node_modules/ours': PRESENT['node_modules/ours'] })],
    [
      'a version differs',
      () => installed({ ...PRESENT, 'node_modules/one': { version: '1.0.1', integrity: 'sha512-one' } }),
    ],
    [
      'the content differs',
      () => installed({ ...PRESENT, 'node_modules/one': { version: '1.0.0', integrity: 'sha512-two' } }),
    ],
  ])('npm ci runs when %s', (_, spoil) => {
    spoil();

    expect(run()).toMatchObject({ status: 0, stdout: expect.stringMatching(/^Installing the dependencies: /) });
    expect(existsSync(inClone('ran'))).toBe(true);
  });
});

function installed(packages: Readonly<Record<string, object>>): void {
  for (const path of Object.keys(packages)) mkdirSync(inClone(path), { recursive: true });
  writeFileSync(inClone('node_modules/.package-lock.json'), JSON.stringify({ packages }));
}

function run() {
  const env = { PATH: process.env['PATH'], npm_execpath: inClone('npm.mjs') };
  return spawnSync(process.execPath, [inClone('apps/start/ensure-installed.mjs')], {
    env,
    cwd: clone.path,
    encoding: 'utf8',
  });
}
