import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { packageReadme } from '../../.ci/package-readme.mjs';

const packed = packageReadme(readFileSync(new URL('../../README.md', import.meta.url), 'utf8'));

it('the README of the package has no link out of the package', () => {
  const targets = [...packed.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] ?? '');
  expect(targets.filter((target) => !/^(?:[a-z]+:|#)/.test(target))).toEqual(['LICENSE']);
});

it('and tells nothing that only a clone of the repository can do', () => {
  expect(packed).not.toMatch(/^## (?:Two commands|The sample's contract)$/m);
  expect(packed).not.toContain('npm test');
  expect(packed).toMatch(/^### Quick start$/m);
  expect(packed).toContain('`AccountsService` is the `AccountDirectory`');
});
