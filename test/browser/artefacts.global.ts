import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { ARTEFACTS } from './artefacts.js';
import { CHROMIUM } from './chromium.js';

/** Says what is missing before anything else is tried, and throws away the screenshots of the last run. */
export default function prepare(): void {
  if (!existsSync(CHROMIUM)) {
    throw new Error(
      `These tests need Chromium, and there is none at ${CHROMIUM}. Install it (on Debian: apt-get install -y ` +
        '--no-install-recommends chromium), or name another one in the variable CHROMIUM.',
    );
  }
  rmSync(ARTEFACTS, { recursive: true, force: true });
  mkdirSync(ARTEFACTS, { recursive: true });
}
