// Builds libs/vodapay twice: ES modules and CommonJS (docs/adr/0004 says why), and the schematics, which the Nest CLI requires.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const library = fileURLToPath(new URL('../libs/vodapay/', import.meta.url));
const compiler = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc');

rmSync(join(library, 'dist'), { recursive: true, force: true });
for (const project of ['tsconfig.esm.json', 'tsconfig.cjs.json', 'tsconfig.schematics.json']) {
  try {
    execFileSync(process.execPath, [compiler, '-p', join(library, project)], { stdio: 'inherit' });
  } catch {
    process.exit(1); // tsc has said what is wrong
  }
}

// The package is "type": "module"; without this file Node would read these folders as ES modules.
for (const folder of ['cjs', 'schematics']) {
  mkdirSync(join(library, 'dist', folder), { recursive: true });
  writeFileSync(join(library, 'dist', folder, 'package.json'), '{ "type": "commonjs" }\n');
}

const [schematics, built] = [join(library, 'schematics'), join(library, 'dist', 'schematics')];
for (const name of readdirSync(schematics).filter((file) => file.endsWith('.json'))) {
  copyFileSync(join(schematics, name), join(built, name));
}
const { version } = JSON.parse(readFileSync(new URL('../apps/wallet/package.json', import.meta.url), 'utf8'));
writeFileSync(join(built, 'wallet.json'), `${JSON.stringify({ range: `^${version}` })}\n`);
