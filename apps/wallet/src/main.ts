#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { helpText } from './cli/help-text.js';
import { parseCommandLine } from './cli/parse-command-line.js';
import { readEnvironment, type Environment } from './environment.js';
import { startWallet, type RunningWallet } from './start-wallet.js';

try {
  await run();
} catch (error) {
  console.error(`The wallet does not start. ${explain(error)}`);
  process.exitCode = 1;
}

async function run(): Promise<void> {
  const line = parseCommandLine(process.argv.slice(2));
  switch (line.wants) {
    case 'help':
      console.log(helpText());
      return;
    case 'version':
      console.log(version());
      return;
    case 'start':
      return start(line.given);
    default:
      line satisfies never;
  }
}

async function start(given: Environment): Promise<void> {
  const options = readEnvironment(process.env, given);
  const wallet = await startWallet(options);
  console.log(`Wallet listening on ${wallet.url}, its page and control port on ${wallet.controlUrl}`);
  if (options.privateKey === undefined && options.lenient !== true) {
    console.log(`Its key is new. What answers are verified with: curl -sS ${wallet.controlUrl}/public-key`);
  }
  if (options.lenient === true) console.log('Lenient: requests are not checked, answers are not signed.');
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop(wallet));
}

async function stop(wallet: RunningWallet): Promise<void> {
  try {
    await wallet.stop();
  } catch (error) {
    console.error(`The wallet did not end cleanly. ${explain(error)}`);
    process.exitCode = 1;
  }
}

/** Beside a packed build, or in this repository's sources; the repository's own build has none. */
function version(): string {
  try {
    const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
    return (JSON.parse(text) as { readonly version: string }).version;
  } catch {
    return 'built from source';
  }
}

function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (!('code' in error) || error.code !== 'EADDRINUSE' || !('port' in error)) return error.message;
  const name = String(error.port) === controlPort() ? 'CONTROL_PORT' : 'PORT';
  return `${name}: port ${String(error.port)} is in use by another program. Choose another one.`;
}

function controlPort(): string {
  const line = parseCommandLine(process.argv.slice(2));
  return (line.wants === 'start' ? line.given['CONTROL_PORT'] : undefined) ?? process.env['CONTROL_PORT'] ?? '4001';
}
