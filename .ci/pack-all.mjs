// Puts the tarball of every published workspace into dist/packages/.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));
const packages = join(root, 'dist', 'packages');

rmSync(packages, { recursive: true, force: true });
mkdirSync(packages, { recursive: true });
execFileSync(process.execPath, [join(root, '.ci', 'build-library.mjs')], { cwd: root, stdio: 'inherit' });
execFileSync('npm', ['pack', '--workspaces', '--pack-destination', packages, '--loglevel', 'error'], {
  cwd: root,
  stdio: ['ignore', 'ignore', 'inherit'],
});
for (const name of readdirSync(packages)) console.log(`dist/packages/${name}`);
