import { defineConfig } from 'vitest/config';
import { fromSources } from './vitest.base.js';

/**
 * The contracts on databases that must be installed, one project a script: `npm run test:databases` and `test:kills`
 * need MariaDB, `test:galera` a cluster of it.
 */
export default defineConfig({
  ...fromSources,
  test: {
    pool: 'forks',
    // As in vitest.config.ts: files of one worker share what they load.
    isolate: false,
    testTimeout: 120_000,
    hookTimeout: 180_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'databases',
          include: [
            'test/databases/**/*.test.ts',
            'test/linking/**/*.test.ts',
            'test/privacy/*.test.ts',
            'test/session/*repository*.test.ts',
            'test/login/parallel-logins.test.ts',
          ],
          globalSetup: [
            'test/ci/postgres.global.ts',
            'test/databases/mariadb.global.ts',
            'test/mini-program/built-mini-program.global.ts',
            'test/programs/built-programs.global.ts',
          ],
        },
      },
      {
        extends: true,
        test: {
          name: 'kills',
          testTimeout: 300_000,
          include: ['test/kills/*.test.ts'],
          globalSetup: [
            'test/ci/postgres.global.ts',
            'test/databases/mariadb.global.ts',
            'test/programs/built-programs.global.ts',
          ],
        },
      },
      {
        extends: true,
        test: {
          name: 'galera',
          testTimeout: 300_000,
          include: [
            'test/galera/*.test.ts',
            'test/databases/databases.test.ts',
            'test/databases/mariadb/mariadb-sample.test.ts',
            'test/linking/account-linking.test.ts',
            'test/linking/processes.test.ts',
            'test/linking/change/unlinking.test.ts',
            'test/linking/proof/proofs.test.ts',
            'test/session/*repository*.test.ts',
            'test/login/parallel-logins.test.ts',
          ],
          fileParallelism: false,
          globalSetup: [
            'test/ci/postgres.global.ts',
            'test/galera/galera.global.ts',
            'test/mini-program/built-mini-program.global.ts',
            'test/programs/built-programs.global.ts',
          ],
        },
      },
    ],
  },
});
