import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';

const PACKAGES = fileURLToPath(new URL('../../dist/packages/', import.meta.url));
const PUBLINT = fileURLToPath(new URL('../../node_modules/.bin/publint', import.meta.url));

const [name, ...others] = readdirSync(PACKAGES).filter((file) => /^nestjs-vodapay-wallet-\d.*\.tgz$/.test(file));
if (name === undefined || others.length > 0) {
  throw new Error('Expected one nestjs-vodapay-wallet-<version>.tgz in dist/packages. Run: npm run pack:all');
}
const tarball = join(PACKAGES, name);
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'wallet-package-'));
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }');
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--offline', tarball], { cwd: folder, stdio: 'ignore' });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('the tarball holds the build, the page and the documents, and nothing else', () => {
  const files = execFileSync('tar', ['-tzf', tarball], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((file) => file.replace(/^package\//, ''));
  const rest = files.filter((file) => !/^(?:dist\/.+\.(?:js|d\.ts)|page\/[\w-]+\.(?:js|css|html))$/.test(file));
  expect(rest.toSorted()).toEqual(['LICENSE', 'README.md', 'package.json']);
  expect(files).toContain('page/index.html');
});

it('publint finds nothing to complain about', () => {
  expect(execFileSync(PUBLINT, ['run', tarball, '--strict'], { encoding: 'utf8' })).toContain('All good!');
});

it('installed, it is a program with a help and a version', () => {
  const run = (flag: string): string =>
    execFileSync(join(folder, 'node_modules/.bin/nestjs-vodapay-wallet'), [flag], { encoding: 'utf8' });
  expect(run('--help')).toContain('--merchant-key <[version:]file>');
  expect(run('--version')).toMatch(/^\d+\.\d+\.\d+\n$/);
});

it('installed, it is a library with its page', () => {
  const program = `
    import { startWallet } from 'nestjs-vodapay-wallet';
    const wallet = await startWallet();
    console.log((await fetch(wallet.controlUrl)).status, wallet.issueCode({ userId: 'a' }).length);
    await wallet.stop();
  `;
  writeFileSync(join(folder, 'program.js'), program);
  expect(execFileSync(process.execPath, ['program.js'], { cwd: folder, encoding: 'utf8' })).toBe('200 40\n');
});
