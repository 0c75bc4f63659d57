import { defineConfig } from 'vitest/config';

// What installs the packed library into fresh applications, so it needs the package registry: `npm run test:packaging`,
// and `npm run test:quickstart` with the document's own commands.
export default defineConfig({
  test: {
    pool: 'forks',
    // Most of it is npm, which waits more than it computes. Vitest by itself would take one worker on two cores.
    maxWorkers: 2,
    testTimeout: 600_000,
    hookTimeout: 600_000,
    projects: [
      { extends: true, test: { name: 'packaging', include: ['test/packaging/*.test.ts'] } },
      { extends: true, test: { name: 'quickstart', include: ['test/packaging/quick-start/*.test.ts'] } },
    ],
  },
});
