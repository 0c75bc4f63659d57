import { parseArgs } from 'node:util';
import type { Command, CommandValues, ExitCode } from './command.js';
import { COMMANDS } from './commands.js';
import { helpText } from './help-text.js';
import type { Terminal } from './terminal.js';
import { UsageError } from './usage-error.js';

/** Runs one command line. Never throws: what goes wrong is a line on standard error and an exit code. */
export async function runCommandLine(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const [name, ...rest] = args;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    terminal.out(helpText(COMMANDS, rest[0]));
    return name === undefined ? 2 : 0;
  }
  try {
    const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
    if (command === undefined) throw new UsageError(`There is no command "${name}". --help lists the commands.`);
    const values = parse(command, rest);
    if (values['help'] === true) {
      terminal.out(helpText(COMMANDS, name));
      return 0;
    }
    return await command.run(values, terminal);
  } catch (error) {
    // A TypeError of the library's own names what is wrong and quotes no key; anything else may quote anything.
    const known = error instanceof UsageError || error instanceof TypeError;
    terminal.error(known ? error.message : `${name} failed: ${error instanceof Error ? error.name : typeof error}`);
    return error instanceof UsageError ? 2 : 1;
  }
}

function parse({ options }: Command, args: readonly string[]): CommandValues {
  const known = Object.fromEntries(
    Object.entries(options).map(([name, { value }]) => [
      name,
      { type: value === undefined ? ('boolean' as const) : ('string' as const) },
    ]),
  );
  try {
    return parseArgs({ args: [...args], options: { ...known, help: { type: 'boolean', short: 'h' } } }).values;
  } catch (error) {
    const [sentence = ''] = (error instanceof Error ? error.message : '').split('. ');
    throw new UsageError(`${sentence.replace(/\.$/, '')}. --help lists the options.`);
  }
}
