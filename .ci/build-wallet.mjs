// Builds the package nestjs-vodapay-wallet: apps/wallet/dist beside its page, and the licence.
import { execFileSync } from 'node:child_process';
import { copyFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const wallet = fileURLToPath(new URL('../apps/wallet/', import.meta.url));
const compiler = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc');

rmSync(join(wallet, 'dist'), { recursive: true, force: true });
try {
  execFileSync(process.execPath, [compiler, '-p', join(wallet, 'tsconfig.package.json')], { stdio: ['ignore', 2, 2] });
} catch {
  process.exit(1); // tsc has said what is wrong
}
copyFileSync(new URL('../LICENSE', import.meta.url), join(wallet, 'LICENSE'));
