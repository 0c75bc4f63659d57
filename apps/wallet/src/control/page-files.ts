import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

interface PageFile {
  readonly name: string;
  readonly type: string;
}

/** What the page consists of, by the path that it is served at. */
const PAGE_FILES: Readonly<Record<string, PageFile>> = Object.freeze({
  '/': { name: 'index.html', type: 'text/html; charset=utf-8' },
  '/page.css': { name: 'page.css', type: 'text/css; charset=utf-8' },
  '/page.js': { name: 'page.js', type: 'text/javascript; charset=utf-8' },
  '/consent.js': { name: 'consent.js', type: 'text/javascript; charset=utf-8' },
  '/calls.js': { name: 'calls.js', type: 'text/javascript; charset=utf-8' },
});

/** Beside the sources, beside a packed build, and from `dist/apps/wallet/control` of this repository. */
const PLACES = ['../../page/', '../page/', '../../../../apps/wallet/page/'] as const;

export interface ServedFile {
  readonly type: string;
  readonly content: Buffer;
}

/** Undefined when the page has no file at the path. */
export async function readPageFile(path: string): Promise<ServedFile | undefined> {
  const file = Object.hasOwn(PAGE_FILES, path) ? PAGE_FILES[path] : undefined;
  if (file === undefined) return undefined;
  return { type: file.type, content: await readFile(new URL(file.name, pageFolder())) };
}

function pageFolder(): URL {
  const folders = PLACES.map((place) => new URL(place, import.meta.url));
  const folder = folders.find((candidate) => existsSync(fileURLToPath(new URL('index.html', candidate))));
  if (folder === undefined) throw new Error('The wallet page (page/index.html) is missing beside the program.');
  return folder;
}
