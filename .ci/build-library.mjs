// Builds libs/vodapay twice: ES modules and CommonJS. docs/adr/0004 says why there are two.
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const library = fileURLToPath(new URL('../libs/vodapay/', import.meta.url));
const compiler = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc');

rmSync(join(library, 'dist'), { recursive: true, force: true });
for (const project of ['tsconfig.esm.json', 'tsconfig.cjs.json']) {
  try {
    execFileSync(process.execPath, [compiler, '-p', join(library, project)], { stdio: 'inherit' });
  } catch {
    process.exit(1); // tsc has said what is wrong
  }
}

// The package is "type": "module"; without this file Node would read dist/cjs as ES modules.
mkdirSync(join(library, 'dist', 'cjs'), { recursive: true });
writeFileSync(join(library, 'dist', 'cjs', 'package.json'), '{ "type": "commonjs" }\n');
