import type { Terminal } from './terminal.js';

/** 0: in order · 1: something is wrong · 2: the command line itself is. */
export type ExitCode = 0 | 1 | 2;

/** What the command line gave, by option. */
export type CommandValues = Readonly<Record<string, string | boolean | undefined>>;

interface CommandOption {
  /** Name of its value; absent: a switch. */
  readonly value?: string;
  readonly says: string;
}

/** One command of the program `nestjs-vodapay`. */
export interface Command {
  readonly says: string;
  readonly options: Readonly<Record<string, CommandOption>>;
  readonly run: (values: CommandValues, terminal: Terminal) => Promise<ExitCode>;
}
