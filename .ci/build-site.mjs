// `npm run docs:site`: the API reference from the library's doc comments, then the static site of docs/ into dist/site.
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vitepress';

const root = fileURLToPath(new URL('../', import.meta.url));
const typedoc = join(dirname(createRequire(import.meta.url).resolve('typedoc/package.json')), 'bin', 'typedoc');

try {
  execFileSync(process.execPath, [typedoc, '--options', 'docs/.vitepress/typedoc.json'], {
    cwd: root,
    stdio: 'inherit',
  });
} catch {
  process.exit(1); // typedoc has said what is wrong
}
await build('docs');
