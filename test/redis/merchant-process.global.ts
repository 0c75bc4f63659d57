import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { MERCHANT_PROGRAM } from './merchant-process.js';

/** Makes one file of the program: its decorators need the types of constructor parameters, which tsx doesn't emit. */
export default async function setup(): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'error',
    oxc: { decorator: { legacy: true, emitDecoratorMetadata: true } },
    resolve: {
      alias: { 'nestjs-vodapay': fileURLToPath(new URL('../../libs/vodapay/src/index.ts', import.meta.url)) },
    },
    build: {
      ssr: 'test/redis/programs/merchant.ts',
      outDir: MERCHANT_PROGRAM.folder,
      rolldownOptions: { output: { entryFileNames: MERCHANT_PROGRAM.file } },
      target: 'node20',
    },
  });
}
