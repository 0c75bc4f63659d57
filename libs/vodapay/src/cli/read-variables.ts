import { readFile } from 'node:fs/promises';
import { parseEnv } from 'node:util';
import { UsageError } from './usage-error.js';

/** The variables that are set; an empty one counts as unset. */
export type Variables = Readonly<Record<string, string>>;

/** The process's environment over what `--env-file` holds, as Node's own `--env-file` does it. */
export async function readVariables(environment: NodeJS.ProcessEnv, envFile: unknown): Promise<Variables> {
  const given = { ...(typeof envFile === 'string' ? await readEnvFile(envFile) : {}), ...environment };
  return Object.fromEntries(Object.entries(given).filter(isSet));
}

const isSet = (entry: readonly [string, string | undefined]): entry is [string, string] =>
  entry[1] !== undefined && entry[1] !== '';

async function readEnvFile(path: string): Promise<NodeJS.Dict<string>> {
  try {
    return parseEnv(await readFile(path, 'utf8'));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new UsageError(`--env-file ${path} cannot be read (${code}).`);
  }
}
