import { connect, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { given } from './given.mjs';

export const LOOPBACK = '127.0.0.1';

/** Reads a port from the environment. Throws with the variable's name when it is none. */
export function portOf(name, preset) {
  const text = given(name) ?? String(preset);
  const port = Number(text);
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
  throw new Error(`${name} must be a port from 1 to 65535.`);
}

/** Why the port can't be listened on, as a sentence; undefined when it is free. */
export async function whyNotFree(name, port) {
  const server = createServer();
  try {
    await new Promise((resolve, reject) => server.once('error', reject).listen(port, LOOPBACK, resolve));
    await new Promise((resolve) => server.close(resolve));
    return undefined;
  } catch (error) {
    return error.code === 'EADDRINUSE'
      ? `Port ${port} is taken by another program. Set ${name} to a free one.`
      : `Port ${port} can't be used (${error.code}). Set ${name} to another one.`;
  }
}

/** Resolves when something listens on the port. */
export async function listening(port, signal) {
  while (!(await accepts(port))) await sleep(100, undefined, { signal });
}

function accepts(port) {
  return new Promise((resolve) => {
    const socket = connect(port, LOOPBACK);
    socket.once('error', () => resolve(false));
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
  });
}
