import { readdirSync, readFileSync } from 'node:fs';
import { CHAPTERS } from './pages.js';

const FOLDER = new URL('../', import.meta.url);

interface SidebarChapter {
  readonly text: string;
  readonly items: { readonly text: string; readonly link: string }[];
}

/** Every document once: in the order of the table, and those that it lacks at the end, under their own headings. */
export function sidebarChapters(): readonly SidebarChapter[] {
  const listed = new Set(CHAPTERS.flatMap(({ pages }) => pages.map(({ path }) => path)));
  const others = readdirSync(FOLDER)
    .filter((name) => name.endsWith('.md') && name !== 'index.md')
    .map((name) => name.replace(/\.md$/, ''))
    .filter((path) => !listed.has(path))
    .map((path) => ({ title: headingOf(path), path }));
  const chapters = others.length === 0 ? CHAPTERS : [...CHAPTERS, { title: 'More', pages: others }];
  return chapters.map(({ title, pages }) => ({
    text: title,
    items: pages.map((page) => ({ text: page.title, link: `/${page.path}` })),
  }));
}

function headingOf(path: string): string {
  return /^# (.*)$/m.exec(readFileSync(new URL(`${path}.md`, FOLDER), 'utf8'))?.[1] ?? path;
}
