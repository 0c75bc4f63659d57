// Runs apps/sample/src/main.ts, or the program named, as a process of its own without a build. tsx won't do: it emits no decorator metadata.
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const path = (name) => fileURLToPath(new URL(`../../${name}`, import.meta.url));

await runnerImport(path(`apps/sample/src/${process.argv[2] ?? 'main'}.ts`), {
  configFile: false,
  root: path('.'),
  logLevel: 'error',
  oxc: { decorator: { legacy: true, emitDecoratorMetadata: true } },
  resolve: { alias: { 'nestjs-vodapay': path('libs/vodapay/src/index.ts') } },
});
