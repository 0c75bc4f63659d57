import { defineConfig } from 'vitest/config';
import { fromSources } from './vitest.base.js';

/** `npm run test:browser`: the wallet's page, the mini program in it and the website, in Chromium. One browser for all. */
export default defineConfig({
  ...fromSources,
  test: {
    name: 'browser',
    include: ['test/browser/*.test.ts'],
    globalSetup: ['test/mini-program/built-mini-program.global.ts', 'test/browser/artefacts.global.ts'],
    pool: 'forks',
    maxWorkers: 1,
    // The files share what they load, and the browser.
    isolate: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
