import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { userInfo } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
const READY_WITHIN_MS = 150_000;

/** Whom a server runs as; empty: the user of the tests. */
export interface Owner {
  readonly uid?: number;
  readonly gid?: number;
}

export interface ServerCommand extends Owner {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

/** A database server as a child of the test process. */
export class ServerProcess {
  private readonly log: string[] = [];

  private constructor(private readonly child: ChildProcess) {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => this.log.push(text));
    }
  }

  /** Starts it and waits until it `answers`; ends it and throws what it printed when it doesn't in time. */
  static async start(command: ServerCommand, answers: () => Promise<boolean>): Promise<ServerProcess> {
    const { program, args, ...options } = command;
    const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    await once(child, 'spawn');
    const server = new ServerProcess(child);
    const giveUpAt = performance.now() + READY_WITHIN_MS;
    while (!(await answers())) {
      if (server.hasEnded || performance.now() > giveUpAt) {
        await server.end('SIGKILL');
        throw new Error(`${program} did not start: ${server.log.slice(-30).join('')}`);
      }
      await delay(50);
    }
    return server;
  }

  /** Sends the signal and waits until the process is gone. */
  async end(signal: NodeJS.Signals): Promise<void> {
    if (this.hasEnded) return;
    const gone = once(this.child, 'exit');
    this.child.kill(signal);
    await gone;
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  private get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }
}

/** Database servers refuse to run as root: then it is this user of the system. */
export async function unprivileged(user: string): Promise<Owner> {
  if (userInfo().uid !== 0) return {};
  const id = async (flag: string): Promise<number> => Number((await run('id', [flag, user])).stdout);
  return { uid: await id('-u'), gid: await id('-g') };
}
