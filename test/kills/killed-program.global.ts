import { build } from 'vite';
import { KILLED_PROGRAM } from './killed-program.js';

/**
 * Vitest's globalSetup of `npm run test:kills`: makes one file of the program that is killed. It starts some 150 times,
 * and from its sources each start would cost four times the work.
 */
export default async function setup(): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'error',
    oxc: { decorator: { legacy: true, emitDecoratorMetadata: true } },
    build: {
      ssr: 'test/kills/programs/killed-operation.ts',
      outDir: KILLED_PROGRAM.folder,
      rolldownOptions: { output: { entryFileNames: KILLED_PROGRAM.file } },
      target: 'node20',
    },
  });
}
