import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { outerEnvironment } from './outer-environment.js';

interface Ended {
  readonly code: number | null;
  readonly output: string;
}

export interface RunningProgram {
  output(): string;
  /** Resolves when it ends by itself. */
  readonly ended: Promise<Ended>;
  /** Ends it and whatever it has started. */
  stop(): Promise<void>;
}

type Environment = Readonly<Record<string, string>>;

/** Runs a script in a shell of its own process group, in a folder that is no part of this repository. */
export function runScript(script: string, folder: string, environment: Environment = {}): RunningProgram {
  const program: ChildProcess = spawn('sh', ['-ec', script], {
    cwd: folder,
    env: { ...outerEnvironment(), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let output = '';
  for (const stream of [program.stdout, program.stderr]) {
    stream?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  }
  const ended = once(program, 'close').then(([code]) => ({ code: code as number | null, output }));
  return {
    output: () => output,
    ended,
    stop: async () => {
      if (program.pid === undefined || program.exitCode !== null) return;
      process.kill(-program.pid, 'SIGTERM');
      await ended;
    },
  };
}

/** Runs it to its end; gives what it printed, or throws with it. */
export async function runToEnd(script: string, folder: string, environment: Environment = {}): Promise<string> {
  const { code, output } = await runScript(script, folder, environment).ended;
  if (code !== 0) throw new Error(`${script} failed:\n${output}`);
  return output;
}

/** Resolves when something answers at this address; throws when the program has ended before. */
export async function untilItAnswers(url: string, program: RunningProgram): Promise<void> {
  let over: Ended | undefined;
  void program.ended.then((ended) => (over = ended));
  for (;;) {
    if (over !== undefined) throw new Error(`It has ended before anything answered at ${url}:\n${over.output}`);
    try {
      await fetch(url);
      return;
    } catch {
      await wait(200);
    }
  }
}
