import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { EnvironmentVariables } from './environment-variables.js';

/** A key as text, or the sentence that says why there is none; then the text is empty. */
export interface PemText {
  readonly text: string;
  readonly complaint?: string;
}

/** The key of `name` or of the file that `<name>_FILE` names. `what`: the key in words. */
export function readPem(
  values: EnvironmentVariables,
  name: 'VODAPAY_PRIVATE_KEY' | 'VODAPAY_PUBLIC_KEY',
  what: string,
): PemText {
  const [text, path] = [values[name], values[`${name}_FILE`]];
  if (text !== undefined && path !== undefined) return wrong(`Set ${name} or ${name}_FILE, not both.`);
  if (text !== undefined) return { text };
  if (path === undefined) return wrong(`${name} is missing: ${what} as PEM, or ${name}_FILE with its path.`);
  if (!isPath(path)) return wrong(`${name}_FILE must be the path of a file. Set ${name} to give the key itself.`);
  try {
    return { text: readFileSync(path, 'utf8') };
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    return wrong(`${name}_FILE names a file that cannot be read (${reason}): ${resolve(path)}`);
  }
}

/** The key itself may have been pasted here, and must not be shown. */
function isPath(text: string): boolean {
  return text.length <= 255 && !/-----|\n|\\n/.test(text);
}

function wrong(complaint: string): PemText {
  return { text: '', complaint };
}
