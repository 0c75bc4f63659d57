// Runs apps/sample/src/main.ts, or the program named, as a process of its own without a build. tsx won't do: it emits no decorator metadata.
import { fileURLToPath } from 'node:url';
import { createRunnableDevEnvironment, resolveConfig } from 'vite';

const path = (name) => fileURLToPath(new URL(`../../${name}`, import.meta.url));

const config = await resolveConfig(
  {
    configFile: false,
    envFile: false,
    root: path('.'),
    logLevel: 'error',
    oxc: { decorator: { legacy: true, emitDecoratorMetadata: true } },
    resolve: { alias: { 'nestjs-vodapay': path('libs/vodapay/src/index.ts') } },
    environments: {
      program: {
        consumer: 'server',
        dev: { moduleRunnerTransform: true },
        resolve: { external: true, mainFields: [], conditions: ['node'] },
      },
    },
  },
  'serve',
);
// Rather than `runnerImport`, which ends with the first import: the library looks for optional packages later.
const environment = createRunnableDevEnvironment('program', config, {
  runnerOptions: { hmr: { logger: false } },
  hot: false,
});
await environment.init();
await environment.runner.import(path(`apps/sample/src/${process.argv[2] ?? 'main'}.ts`));
