import { readFile } from 'node:fs/promises';
import type { Command, CommandValues, ExitCode } from '../command.js';
import { readVariables } from '../read-variables.js';
import type { Terminal } from '../terminal.js';
import { UsageError } from '../usage-error.js';
import { gatherFacts } from './gather-facts.js';
import { examine, reportLines } from './report.js';

const DEFAULT_TIMEOUT_MS = 5_000;

/** Looks at a set-up from the environment to the answer of the wallet, and names what is wrong with it. */
export const doctor: Command = {
  says: 'looks at environment, keys, network, clock, a signed call and the database, and names what is wrong',
  options: {
    'env-file': { value: 'file', says: 'variables that the environment does not set' },
    ca: { value: 'file', says: 'PEM of a certificate authority, as your agent has it' },
    'timeout-ms': { value: 'ms', says: `how long each step may take; default ${DEFAULT_TIMEOUT_MS}` },
    offline: { says: 'looks at the settings only: no network, no database' },
    json: { says: 'prints one JSON object: ok, findings' },
  },
  run: examineSetUp,
};

async function examineSetUp(values: CommandValues, terminal: Terminal): Promise<ExitCode> {
  const report = examine(
    await gatherFacts({
      variables: await readVariables(terminal.environment, values['env-file']),
      now: terminal.now,
      timeoutMs: timeoutOf(values['timeout-ms']),
      offline: values['offline'] === true,
      ...(typeof values['ca'] === 'string' && { ca: await readAuthority(values['ca']) }),
    }),
  );
  for (const line of values['json'] === true ? [JSON.stringify(report)] : reportLines(report)) terminal.out(line);
  return report.ok ? 0 : 1;
}

function timeoutOf(text: unknown): number {
  if (text === undefined) return DEFAULT_TIMEOUT_MS;
  if (typeof text === 'string' && /^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new UsageError('--timeout-ms must be a whole number from 1 to 999999.');
}

async function readAuthority(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new UsageError(`--ca ${path} cannot be read (${code}).`);
  }
}
