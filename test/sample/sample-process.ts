import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { builtProgram } from '../programs/built-program.js';

/** The sample as a process of its own, as an operator runs it. */
export class SampleProcess {
  readonly #child: ChildProcess;
  readonly #lines: string[] = [];
  /** Resolves with the exit status; null when a signal ended the process. */
  readonly ended: Promise<number | null>;

  constructor(variables: NodeJS.ProcessEnv, program: 'sample' | 'reseal' = 'sample') {
    const { PATH } = process.env;
    this.#child = spawn(process.execPath, [builtProgram(program)], { env: { PATH, PORT: '0', ...variables } });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      if (stream !== null) createInterface({ input: stream }).on('line', (line) => this.#lines.push(line));
    }
    this.ended = once(this.#child, 'close').then(([status]) => status as number | null);
  }

  /** Everything printed so far. */
  get output(): string {
    return this.#lines.join('\n');
  }

  /** The address, once the sample listens. */
  async listening(): Promise<string> {
    let gone = false;
    void this.ended.then(() => (gone = true));
    for (;;) {
      const url = /^Sample listening on (\S+)$/m.exec(this.output)?.[1];
      if (url !== undefined) return url;
      if (gone) throw new Error(`The sample has ended:\n${this.output}`);
      await Promise.race([once(this.#child.stdout ?? this.#child, 'data'), this.ended]);
    }
  }

  /** Once it has printed anything. */
  async speaking(): Promise<void> {
    while (this.output === '') await Promise.race([once(this.#child.stdout ?? this.#child, 'data'), this.ended]);
  }

  signal(name: NodeJS.Signals): void {
    this.#child.kill(name);
  }

  async stop(): Promise<void> {
    this.signal('SIGKILL');
    await this.ended;
  }
}
