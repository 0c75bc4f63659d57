import type { Environment } from '../environment.js';
import { SETTINGS } from './settings-table.js';

/** What was set, by flag or by variable, and how to call it when it is wrong. An empty value counts as unset. */
export class GivenSettings {
  readonly #env: Environment;
  readonly #flags: Environment;

  constructor(env: Environment, flags: Environment) {
    this.#env = env;
    this.#flags = flags;
  }

  read(variable: string): string | undefined {
    const value = this.#flags[variable] ?? this.#env[variable];
    return value === undefined || value.trim() === '' ? undefined : value;
  }

  /** The flag when it was given, else the variable. */
  nameOf(variable: string): string {
    return this.#flags[variable] === undefined ? variable : `--${flagOf(variable)}`;
  }

  require(variable: string, meaning: string): string {
    const value = this.read(variable);
    if (value !== undefined) return value;
    throw new TypeError(`${variable} is missing: ${meaning}. Or give --${flagOf(variable)}.`);
  }
}

function flagOf(variable: string): string {
  return SETTINGS.find((setting) => setting.variable === variable)?.flag ?? variable;
}
