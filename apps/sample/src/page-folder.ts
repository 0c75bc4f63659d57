import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Beside the source, and from the built file in `dist/apps/sample`. */
const PLACES = ['../page', '../../../apps/sample/page'];

/** The folder of the mini program's page. */
export function pageFolder(): string {
  const folder = PLACES.map((place) => fileURLToPath(new URL(place, import.meta.url))).find((path) => existsSync(path));
  if (folder === undefined)
    throw new Error('The folder apps/sample/page is missing. Start the sample from its repository.');
  return folder;
}
