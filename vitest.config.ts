import { defineConfig } from 'vitest/config';
import { recordThrownErrors } from './test/leaks/record-thrown-errors.plugin.js';
import { fromSources } from './vitest.base.js';

/** Run by scripts of their own: vitest.databases.config.ts, vitest.clients.config.ts, vitest.resilience.config.ts. */
const NEED_AN_INSTALLATION = [
  'test/wallet/clients/**',
  'test/databases/mariadb/**',
  'test/galera/**',
  'test/kills/**',
  'test/redis/**',
  'test/resilience/**',
];

/** A server that is restarted: `npm run test:databases`. Servers deployed one after the other: `npm run test:rotation`. */
const TAKES_LONG = [
  'test/databases/postgres-restart.test.ts',
  ...(process.env['ROTATION_REQUESTS'] === undefined ? ['test/keys/rolling-sealing-keys.test.ts'] : []),
];

export default defineConfig({
  ...fromSources,
  plugins: [recordThrownErrors()],
  test: {
    pool: 'forks',
    // Vitest leaves one core for itself, which on two cores would be half of them.
    maxWorkers: 2,
    // Files of one worker share what they load: loading the library and Nest anew for each took a third of the run. What
    // a file leaves behind in the process is felt by the next, as two applications in one process would feel it.
    isolate: false,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'flows',
          include: ['test/**/*.test.ts'],
          exclude: [
            'test/packaging/**',
            'test/site/**',
            'test/browser/**',
            'test/leaks/whole-suite.test.ts',
            ...NEED_AN_INSTALLATION,
            ...TAKES_LONG,
          ],
          globalSetup: [
            'test/leaks/recording-folder.global.ts',
            'test/ci/postgres.global.ts',
            'test/programs/built-programs.global.ts',
            'test/mini-program/built-mini-program.global.ts',
          ],
          setupFiles: ['test/leaks/record-everything.setup.ts'],
          sequence: { groupOrder: 0 },
        },
      },
      {
        // Reads what the others have said, so it runs when they are through.
        extends: true,
        test: { name: 'leaks', include: ['test/leaks/whole-suite.test.ts'], sequence: { groupOrder: 1 } },
      },
    ],
  },
});
