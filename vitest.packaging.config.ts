import { defineConfig } from 'vitest/config';

// `npm run test:packaging`: installs the packed library into fresh applications, so it needs the package registry.
export default defineConfig({
  test: {
    include: ['test/packaging/*.test.ts'],
    pool: 'forks',
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
