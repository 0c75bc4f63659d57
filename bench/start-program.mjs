import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** Starts a program of the bench and waits for its first message. `ask` sends one question and gives its answer. */
export async function startProgram(name, settings) {
  const path = fileURLToPath(new URL(`programs/${name}.mjs`, import.meta.url));
  const child = fork(path, [JSON.stringify(settings)], { env: { ...process.env, NODE_ENV: 'production' } });
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
