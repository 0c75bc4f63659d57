import { readFile, stat } from 'node:fs/promises';
import type { Variables } from './read-variables.js';

export type KeyVariable = 'VODAPAY_PRIVATE_KEY' | 'VODAPAY_PUBLIC_KEY';

/** A key as the environment gives it: its text, or why there is none. */
export interface GivenKey {
  /** The variable that gives it: the plain one, or the one with `_FILE`. */
  readonly variable: string;
  readonly text?: string;
  readonly problem?: string;
  /** What to do about the problem, where that is not to get a key. */
  readonly next?: string;
  /** Whether others than the file's owner may read it. */
  readonly readableByOthers?: boolean;
}

export async function readKeyVariable(variables: Variables, variable: KeyVariable): Promise<GivenKey> {
  const fileVariable = `${variable}_FILE`;
  const { [variable]: text, [fileVariable]: file } = variables;
  if (text !== undefined && file !== undefined) {
    return {
      variable,
      problem: `${variable} and ${fileVariable} are both set: the key would depend on who reads first.`,
      next: 'Unset one of them.',
    };
  }
  if (text !== undefined) return { variable, text };
  if (file === undefined) return { variable, problem: `${variable} is not set, nor is ${fileVariable}.` };
  try {
    const { mode } = await stat(file);
    return { variable: fileVariable, text: await readFile(file, 'utf8'), readableByOthers: (mode & 0o077) !== 0 };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    return {
      variable: fileVariable,
      problem: `${fileVariable} names a file that cannot be read (${code}): ${file}`,
      next: 'Check the path, which counts from the folder of the start, and who may read the file.',
    };
  }
}
