/** Where `killed-program.global.ts` puts the program. */
export const KILLED_PROGRAM = { folder: 'dist/kills', file: 'killed-operation.js' } as const;
