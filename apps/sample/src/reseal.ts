import { VodaPaySessionService } from 'nestjs-vodapay';
import { createApp } from './create-app.js';
import { readEnvironment } from './environment.js';
import { explainFailedStart } from './explain-failed-start.js';
import { SampleLogger } from './sample-logger.js';

/**
 * `npm run reseal`: seals the stored tokens of all sessions with the first of VODAPAY_SEALING_KEYS, beside running
 * servers. Ctrl-C or SIGTERM stops it after the row under way; run it again and it goes on.
 */
async function main(): Promise<void> {
  const app = await createApp(readEnvironment(process.env), new SampleLogger());
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  console.log('Sealing stored tokens with the first key. It may be stopped, and run again.');
  try {
    const { resealed, unreadable, finished } = await app
      .get(VodaPaySessionService)
      .resealAll({ batchSize: 50, signal: stop.signal });
    console.log(`${finished ? 'Finished' : 'Stopped'}: ${resealed} sealed anew, ${unreadable} open with no key.`);
    console.log(finished && unreadable === 0 ? 'The older keys may go.' : 'Keep the older keys, and run it again.');
    process.exitCode = finished ? 0 : 1;
  } finally {
    await app.close();
  }
}

main().catch((error: unknown) => {
  console.error(`Cannot seal anew: ${explainFailedStart(error, process.env)}`);
  process.exit(1);
});
