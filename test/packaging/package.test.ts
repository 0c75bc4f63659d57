import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { libraryTarball } from './library-tarball.js';

const tarball = libraryTarball();

/** Runs a development tool of this repository over the tarball; throws with what it printed when it complains. */
function run(tool: string, ...args: readonly string[]): string {
  const program = fileURLToPath(new URL(`../../node_modules/.bin/${tool}`, import.meta.url));
  return execFileSync(program, [...args], { encoding: 'utf8' });
}

it('the tarball holds the two builds, the schematics, the manifest and the documents, and nothing else', () => {
  const files = execFileSync('tar', ['-tzf', tarball], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((name) => name.replace(/^package\//, ''));
  const code = /^dist\/(?:(?:esm|cjs)\/.+\.(?:js|d\.ts)|schematics\/.+\.js)$/;
  expect(files.filter((name) => !code.test(name)).toSorted()).toEqual([
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    'dist/cjs/package.json',
    'dist/schematics/account-directory.schema.json',
    'dist/schematics/collection.json',
    'dist/schematics/nest-add.schema.json',
    'dist/schematics/package.json',
    'dist/schematics/wallet.json',
    'package.json',
  ]);
  expect(files.filter((name) => name.startsWith('dist/esm/')).length).toBeGreaterThan(100);
});

it('its README leads nowhere outside the package', () => {
  const readme = execFileSync('tar', ['-xOzf', tarball, 'package/README.md'], { encoding: 'utf8' });
  const targets = [...readme.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] ?? '');
  expect(targets.filter((target) => !/^(?:https:|#)/.test(target))).toEqual(['LICENSE']);
  expect(readme).not.toContain('## Two commands');
});

it('nestjs-vodapay/protocol is one class for import and require, and needs no other package', () => {
  const folder = mkdtempSync(join(tmpdir(), 'protocol-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, 'node_modules/nestjs-vodapay'), { recursive: true });
  execFileSync('tar', ['-xzf', tarball, '-C', join(folder, 'node_modules/nestjs-vodapay'), '--strip-components=1']);
  const program = `
    import { createRequire } from 'node:module';
    import { contentToSign, VodaPayError } from 'nestjs-vodapay/protocol';
    const required = createRequire(import.meta.url)('nestjs-vodapay/protocol');
    console.log(required.VodaPayError === VodaPayError, contentToSign({ path: '/v2', clientId: 'c', time: 't', body: '{}' }));
  `;
  writeFileSync(join(folder, 'program.mjs'), program);
  expect(execFileSync(process.execPath, ['program.mjs'], { cwd: folder, encoding: 'utf8' })).toBe(
    'true POST /v2\nc.t.{}\n',
  );
});

it('publint finds nothing to complain about', () => {
  expect(run('publint', 'run', tarball, '--strict')).toContain('All good!');
});

it('the types resolve for every kind of importer (attw)', () => {
  const report = run('attw', tarball, '--format', 'json');
  const { analysis } = JSON.parse(report) as { readonly analysis: { readonly problems: readonly unknown[] } };
  expect(analysis.problems).toEqual([]);
});
