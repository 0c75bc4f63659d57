import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { sidebarChapters } from '../../docs/.vitepress/sidebar-chapters.js';

it('the sidebar leads to each document once, and to nothing else', () => {
  const documents = readdirSync(new URL('../../docs/', import.meta.url))
    .filter((name) => name.endsWith('.md') && name !== 'index.md')
    .map((name) => `/${name.replace(/\.md$/, '')}`);
  const links = sidebarChapters().flatMap(({ items }) => items.map(({ link }) => link));
  expect(links.toSorted()).toEqual(documents.toSorted());
});
