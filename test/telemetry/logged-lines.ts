import { ConsoleLogger, Logger } from '@nestjs/common';
import { onTestFinished, vi } from 'vitest';

/** What Nest's own logger writes of the library while the work is done. */
export async function written(logger: ConsoleLogger, work: () => Promise<unknown>): Promise<readonly string[]> {
  const lines: string[] = [];
  const take = (text: string | Uint8Array): boolean => lines.push(String(text)) > 0;
  const taps = [process.stdout, process.stderr].map((stream) => vi.spyOn(stream, 'write').mockImplementation(take));
  Logger.overrideLogger(logger);
  onTestFinished(() => Logger.overrideLogger(false));
  try {
    await work();
  } finally {
    for (const tap of taps) tap.mockRestore();
  }
  return lines.filter((line) => line.includes('VodaPay'));
}

export interface JsonLine {
  readonly level: string;
  readonly context: string;
  readonly message: Readonly<Record<string, unknown>>;
}

/** The same, one object a line. */
export async function logged(work: () => Promise<unknown>): Promise<readonly JsonLine[]> {
  const lines = await written(new ConsoleLogger({ json: true }), work);
  return lines.map((line) => JSON.parse(line) as JsonLine);
}

/** The correlation ids that stand in the lines. */
export const idsOf = (lines: readonly JsonLine[]) => new Set(lines.map(({ message }) => message['correlationId']));
