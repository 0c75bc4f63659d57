import { createApp } from './create-app.js';
import { drainOnSignals } from './drain.js';
import { readEnvironment } from './environment.js';
import { explainFailedStart } from './explain-failed-start.js';
import { listen } from './listen.js';
import { SampleLogger } from './sample-logger.js';
import { unreadVariables } from './unread-variables.js';

async function main(): Promise<void> {
  for (const complaint of unreadVariables(process.env)) console.warn(complaint);
  const environment = readEnvironment(process.env);
  const app = await createApp(environment, new SampleLogger());
  app.enableShutdownHooks([...drainOnSignals(app.getHttpServer())]);
  console.log(`Sample listening on ${await listen(app, environment.port, environment.host)}`);
}

main().catch((error: unknown) => {
  console.error(`Sample cannot start: ${explainFailedStart(error, process.env)}`);
  process.exit(1);
});
