import { readdirSync, readFileSync } from 'node:fs';

const FOLDER = new URL('../adr/', import.meta.url);

/** The decisions by number, with their headings as titles. */
export function adrPages(): readonly { readonly text: string; readonly link: string }[] {
  const files = readdirSync(FOLDER).filter((name) => /^\d{4}-.*\.md$/.test(name));
  return files.toSorted().map((name) => {
    const [, title = name] = /^# (.*)$/m.exec(readFileSync(new URL(name, FOLDER), 'utf8')) ?? [];
    return { text: title, link: `/adr/${name.replace(/\.md$/, '')}` };
  });
}
