import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/**
 * While others have their turn a program idles, and V8 then frees its memory to the last: on Node 24 that took some 300
 * compiled functions with it, and a login cost 900 µs instead of 700 for thousands of requests. A server under load
 * never idles so long.
 */
const V8_FLAGS = ['--no-memory-reducer'];

/** Starts a program of the bench and waits for its first message. `ask` sends one question and gives its answer. */
export async function startProgram(name, settings) {
  const path = fileURLToPath(new URL(`programs/${name}.mjs`, import.meta.url));
  const env = { ...process.env, NODE_ENV: 'production' };
  const execArgv = [...process.execArgv, ...V8_FLAGS];
  const child = fork(path, [JSON.stringify(settings)], { env, execArgv });
  const ended = once(child, 'exit').then(() => {
    throw new Error(`The program "${name}" of the bench ended by itself.`);
  });
  ended.catch(() => undefined);
  const message = async () => (await Promise.race([once(child, 'message'), ended]))[0];
  const told = await message();
  return {
    told,
    ask: (question) => {
      child.send(question);
      return message();
    },
    stop: () => child.kill(),
  };
}
