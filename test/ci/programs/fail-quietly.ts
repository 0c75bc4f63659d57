import '../postgres.global.js';

// Ends as Vitest does after a failed test: nothing left to do, and a status set.
process.exitCode = 3;
