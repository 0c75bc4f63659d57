import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const TYPES = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
} as const;

/** What the page consists of. Only what is listed is served. */
const PAGE_FILES = [
  'index.html',
  'page.css',
  'elements.css',
  'phone.css',
  'diagram.css',
  'arrows.css',
  'panel.css',
  'controls.css',
  'page.js',
  'api.js',
  'node.js',
  'theme.js',
  'consent.js',
  'users.js',
  'faults.js',
  'exchange.js',
  'exchange-rows.js',
  'meanings.js',
] as const;

/** Beside the sources, beside a packed build, and from `dist/apps/wallet/control` of this repository. */
const PLACES = ['../../page/', '../page/', '../../../../apps/wallet/page/'] as const;

export interface ServedFile {
  readonly type: string;
  readonly content: Buffer;
}

/** Undefined when the page has no file at the path. */
export async function readPageFile(path: string): Promise<ServedFile | undefined> {
  const wanted = path === '/' ? 'index.html' : path.slice(1);
  const name = PAGE_FILES.find((file) => file === wanted);
  if (name === undefined) return undefined;
  const type = TYPES[name.slice(name.lastIndexOf('.') + 1) as keyof typeof TYPES];
  return { type, content: await readFile(new URL(name, pageFolder())) };
}

function pageFolder(): URL {
  const folders = PLACES.map((place) => new URL(place, import.meta.url));
  const folder = folders.find((candidate) => existsSync(fileURLToPath(new URL('index.html', candidate))));
  if (folder === undefined) throw new Error('The wallet page (page/index.html) is missing beside the program.');
  return folder;
}
