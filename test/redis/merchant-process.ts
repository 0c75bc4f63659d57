import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { sendJson, type Answer } from '../login/send-json.js';
import { builtProgram } from '../programs/built-program.js';

export interface MerchantSettings {
  readonly databaseUrl: string;
  readonly baseUrl: string;
  readonly clientId: string;
  readonly privateKey: string;
  readonly vodapayPublicKey: string;
  readonly namespace?: string;
  /** `redis://…`; without it the process works for itself. */
  readonly redis?: string;
}

/** A merchant's server process. */
export class MerchantProcess {
  private constructor(
    private readonly child: ChildProcess,
    private readonly lines: readonly string[],
    readonly url: string,
  ) {}

  static async start(settings: MerchantSettings): Promise<MerchantProcess> {
    // So that `GET /memory` can collect the garbage before it looks.
    const program = ['--expose-gc', builtProgram('merchant'), JSON.stringify(settings)];
    const child = spawn(process.execPath, program, { stdio: ['ignore', 'pipe', 'pipe'] });
    const lines: string[] = [];
    const url = await new Promise<string>((resolve, reject) => {
      for (const stream of [child.stdout, child.stderr]) {
        createInterface({ input: stream }).on('line', (line) => {
          lines.push(line);
          if (line.startsWith('http://')) resolve(line);
        });
      }
      child.once('close', () => reject(new Error(`The merchant has ended:\n${lines.join('\n')}`)));
    });
    return new MerchantProcess(child, lines, url);
  }

  /** Everything printed so far. */
  get output(): string {
    return this.lines.join('\n');
  }

  request(method: 'GET' | 'POST', path: string, init?: { body?: unknown; bearer?: string }): Promise<Answer> {
    return sendJson(this.url + path, { method, ...init });
  }

  /** The exit status; null: ended by the signal. */
  async end(signal: NodeJS.Signals = 'SIGKILL'): Promise<number | null> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return this.child.exitCode;
    const gone = once(this.child, 'close');
    this.child.kill(signal);
    await gone;
    return this.child.exitCode;
  }
}
