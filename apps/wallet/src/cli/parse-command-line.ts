import { parseArgs } from 'node:util';
import type { Environment } from '../environment.js';
import { SETTINGS } from './settings-table.js';

export type CommandLine =
  | { readonly wants: 'help' }
  | { readonly wants: 'version' }
  /** `given` holds the flags' values under the names of their variables. */
  | { readonly wants: 'start'; readonly given: Environment };

/** Throws a TypeError that begins with the argument that is wrong. */
export function parseCommandLine(args: readonly string[]): CommandLine {
  const values = parse(args);
  if (values['help'] === true) return { wants: 'help' };
  if (values['version'] === true) return { wants: 'version' };
  const given = SETTINGS.flatMap(({ flag, variable }) => {
    const value = values[flag];
    return value === undefined ? [] : [[variable, String(value)] as const];
  });
  return { wants: 'start', given: Object.fromEntries(given) };
}

type Values = Readonly<Record<string, string | boolean | readonly (string | boolean)[] | undefined>>;

function parse(args: readonly string[]): Values {
  const options = Object.fromEntries(
    SETTINGS.map(({ flag, value, multiple = false }) => [
      flag,
      { type: value === undefined ? ('boolean' as const) : ('string' as const), multiple },
    ]),
  );
  const helpers = { help: { type: 'boolean', short: 'h' }, version: { type: 'boolean' } } as const;
  try {
    return parseArgs({ args: [...args], options: { ...options, ...helpers } }).values;
  } catch (cause) {
    throw new TypeError(explain(cause, args), { cause });
  }
}

function explain(cause: unknown, args: readonly string[]): string {
  const said = cause instanceof Error ? cause.message : String(cause);
  const name = /--?[a-z][a-z-]*/.exec(said)?.[0] ?? args[0] ?? '';
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  switch (code) {
    case 'ERR_PARSE_ARGS_UNKNOWN_OPTION':
      return `${name} is no option of this program. --help lists them.`;
    case 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL':
      return `${/'([^']*)'/.exec(said)?.[1] ?? name} is no option of this program: options begin with --. --help lists them.`;
    default:
      return /does not take an argument/.test(said) ? `${name} takes no value.` : `${name} needs a value after it.`;
  }
}
