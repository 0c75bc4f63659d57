import { defineConfig } from 'vitest/config';
import { fromSources } from './vitest.base.js';

/** Proofs that take long, or an installed redis-server: `npm run test:redis`, `npm run test:resilience`. */
export default defineConfig({
  ...fromSources,
  test: {
    pool: 'forks',
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'redis',
          include: ['test/redis/*.test.ts'],
          globalSetup: ['test/programs/built-programs.global.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'resilience',
          include: ['test/resilience/*.test.ts'],
          globalSetup: ['test/programs/built-programs.global.ts'],
        },
      },
    ],
  },
});
