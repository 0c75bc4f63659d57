import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { fromSources } from '../../vitest.base.js';
import { PROGRAMS, PROGRAMS_FOLDER } from './built-program.js';

const path = (name: string): string => fileURLToPath(new URL(`../../${name}`, import.meta.url));

/**
 * Vitest's globalSetup: builds the programs that tests run as processes. Some tests start one 150 times, and from its
 * sources each start would cost four times the work. Not by tsx: it emits no decorator metadata.
 */
export default async function setup(): Promise<void> {
  await build({
    configFile: false,
    root: path('.'),
    logLevel: 'error',
    ...fromSources,
    build: {
      ssr: true,
      outDir: PROGRAMS_FOLDER,
      rolldownOptions: { input: PROGRAMS, output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' } },
      target: 'node20',
    },
  });
}
