import type { Command } from './command.js';
import { doctor } from './doctor/doctor.command.js';
import { keygen } from './keygen.command.js';
import { sign } from './sign.command.js';

/** The commands by name. */
export const COMMANDS: Readonly<Record<string, Command>> = Object.freeze({ doctor, keygen, sign });
