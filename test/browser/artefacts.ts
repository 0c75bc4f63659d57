import { fileURLToPath } from 'node:url';

/** Where the screenshots go. */
export const ARTEFACTS = fileURLToPath(new URL('../../dist/artefacts/browser/', import.meta.url));
