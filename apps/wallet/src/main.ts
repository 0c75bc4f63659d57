import { readEnvironment } from './environment.js';
import { startWallet, type RunningWallet } from './start-wallet.js';

try {
  await run();
} catch (error) {
  console.error(`The wallet does not start. ${explain(error)}`);
  process.exitCode = 1;
}

async function run(): Promise<void> {
  const wallet = await startWallet(readEnvironment(process.env));
  console.log(`Wallet listening on ${wallet.url}, its page and control port on ${wallet.controlUrl}`);
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

function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (!('code' in error) || error.code !== 'EADDRINUSE' || !('port' in error)) return error.message;
  const name = String(error.port) === (process.env['CONTROL_PORT'] ?? '4001') ? 'CONTROL_PORT' : 'PORT';
  return `${name}: port ${String(error.port)} is in use by another program. Choose another one.`;
}
