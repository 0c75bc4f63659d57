import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { CHAPTERS } from '../../docs/.vitepress/pages.js';

it('each document is a page of the site, and each page a document (else: docs/.vitepress/pages.ts)', () => {
  const documents = readdirSync(new URL('../../docs/', import.meta.url))
    .filter((name) => name.endsWith('.md') && name !== 'index.md')
    .map((name) => name.replace(/\.md$/, ''));
  const pages = CHAPTERS.flatMap((chapter) => chapter.pages.map(({ path }) => path));
  expect(pages.toSorted()).toEqual(documents.toSorted());
});
