// Runs the quick start by hand, word by word, as a process of its own. Its text comes from the document and lies in no
// file; the name below only says from where it finds its packages.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';

const path = (name) => fileURLToPath(new URL(`../../../${name}`, import.meta.url));
const QUICK_START = path('apps/sample/src/quick-start.ts');
const [, section = ''] = readFileSync(path('docs/quick-start.md'), 'utf8').split('## By hand\n');
const [, code] = /```ts\n([\s\S]*?)```/.exec(section) ?? [];
if (code === undefined) throw new Error('docs/quick-start.md has no quick start by hand.');

// A server rather than `runnerImport`, which ends with the first import: the library loads optional packages later.
const vite = await createServer({
  configFile: false,
  appType: 'custom',
  server: { middlewareMode: true, hmr: false, ws: false, watch: null },
  optimizeDeps: { noDiscovery: true },
  root: path('.'),
  logLevel: 'error',
  oxc: { decorator: { legacy: true, emitDecoratorMetadata: true } },
  resolve: { alias: { 'nestjs-vodapay': path('libs/vodapay/src/index.ts') } },
  plugins: [
    {
      name: 'quick-start-by-hand',
      enforce: 'pre',
      resolveId: (id) => (id === QUICK_START ? id : undefined),
      load: (id) => (id === QUICK_START ? code : undefined),
    },
  ],
});
await vite.ssrLoadModule(QUICK_START);
