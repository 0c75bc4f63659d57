import type { Flow } from './flow.js';
import { readAccount } from './read-account.js';

/** Looks whether the session of before is still good, and whose it is. */
export const resumeSession: Flow = (context) => readAccount(context);
