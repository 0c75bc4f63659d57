import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

export interface RecordedOutput {
  readonly kind: string;
  readonly text: string;
}

export interface RecordedSecret {
  readonly kind: string;
  readonly value: string;
}

export interface Recording {
  readonly output: readonly RecordedOutput[];
  readonly secrets: readonly RecordedSecret[];
}

/** What the processes of a run have written into its folder. A line cut off by a killed process is left out. */
export function readRecording(folder: string): Recording {
  const read = (prefix: string): readonly unknown[] =>
    readdirSync(folder)
      .filter((name) => name.startsWith(prefix))
      .flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n'))
      .flatMap(parseLine);
  return { output: read('output-').filter(isOutput), secrets: read('secrets-').filter(isSecret) };
}

function parseLine(line: string): readonly unknown[] {
  try {
    return [JSON.parse(line)];
  } catch {
    return [];
  }
}

function isOutput(entry: unknown): entry is RecordedOutput {
  return hasText(entry, 'kind') && hasText(entry, 'text');
}

function isSecret(entry: unknown): entry is RecordedSecret {
  return hasText(entry, 'kind') && hasText(entry, 'value');
}

function hasText(entry: unknown, name: string): boolean {
  return typeof entry === 'object' && entry !== null && typeof Reflect.get(entry, name) === 'string';
}
