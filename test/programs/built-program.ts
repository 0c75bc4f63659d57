import { fileURLToPath } from 'node:url';

/** Every program that tests run as a process of its own: its name and its source. */
export const PROGRAMS = {
  sample: 'apps/sample/src/main.ts',
  reseal: 'apps/sample/src/reseal.ts',
  'killed-operation': 'test/kills/programs/killed-operation.ts',
  'many-first-logins': 'test/linking/programs/many-first-logins.ts',
  migrate: 'test/databases/programs/migrate.ts',
  merchant: 'test/redis/programs/merchant.ts',
  'flood-of-logins': 'test/resilience/programs/flood-of-logins.ts',
} as const;

export type ProgramName = keyof typeof PROGRAMS;

/** Where `built-programs.global.ts` puts them: beside the mini program, as `npm run build` does with the sample. */
export const PROGRAMS_FOLDER = 'dist/apps/test-programs';

/** The file to run. */
export function builtProgram(name: ProgramName): string {
  return fileURLToPath(new URL(`../../${PROGRAMS_FOLDER}/${name}.js`, import.meta.url));
}
