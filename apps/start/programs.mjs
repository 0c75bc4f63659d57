import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** How long a program may take to finish what it has in flight before it is killed. */
const GRACE_MS = 12_000;

/** Programs that live and die together: the first that ends, ends all. */
export class Programs {
  #running = new Map();
  #stopping = false;

  /** @param onEnd called once, with the first program that ended by itself: `{ name, how }`. */
  constructor(onEnd) {
    this.onEnd = onEnd;
  }

  start(name, file, env) {
    const child = spawn(process.execPath, [file], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#running.set(name, child);
    passOn(name, child.stdout, process.stdout);
    passOn(name, child.stderr, process.stderr);
    child.once('close', (status, signal) => {
      this.#running.delete(name);
      if (!this.#stopping) this.onEnd({ name, how: signal ?? `status ${status}` });
    });
  }

  /** Asks all to end and resolves when none is left. */
  async stop() {
    this.#stopping = true;
    const children = [...this.#running.values()];
    const ended = children.map((child) => new Promise((resolve) => child.once('close', resolve)));
    for (const child of children) child.kill('SIGTERM');
    const patience = setTimeout(() => children.forEach((child) => child.kill('SIGKILL')), GRACE_MS);
    await Promise.all(ended);
    clearTimeout(patience);
  }
}

/** Says of each line who wrote it. */
function passOn(name, from, to) {
  createInterface({ input: from }).on('line', (line) => to.write(`[${name}] ${line}\n`));
}
