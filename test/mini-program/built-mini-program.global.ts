import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/** The sample serves the built mini program, and a fresh clone has none. */
export default async function buildMiniProgram(): Promise<void> {
  const configFile = fileURLToPath(new URL('../../apps/sample/web/vite.config.ts', import.meta.url));
  await build({ configFile, logLevel: 'warn' });
}
