import { writeFileSync } from 'node:fs';
import { documents } from './documents.js';

// `npm run docs`: brings the generated documents and parts of documents up to date.
for (const [path, text] of await documents()) {
  writeFileSync(new URL(`../${path}`, import.meta.url), text);
  process.stdout.write(`${path}\n`);
}
