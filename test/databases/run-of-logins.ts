import { setTimeout as delay } from 'node:timers/promises';
import { authCode, send, type LoginBody } from '../sample/client.js';
import type { Wallet } from '../sample/start-sample.js';

export interface SentLogin {
  readonly userId: string;
  readonly status: number;
  /** The answer's error code, where it is one. */
  readonly code: string | undefined;
  /** What a 200 promised. */
  readonly login: LoginBody | undefined;
  /** When it was sent: milliseconds since the run began. */
  readonly sentAt: number;
}

const LOOPS = 8;
const PAUSE_MS = 10;

/** First logins of ever new users at the sample's servers, side by side, until they are told to stop. */
export class RunOfLogins {
  readonly sent: SentLogin[] = [];
  private readonly startedAt = performance.now();
  private readonly loops: Promise<unknown>;
  private stopped = false;
  private users = 0;

  constructor(
    private readonly servers: readonly string[],
    private readonly wallet: Wallet,
  ) {
    this.loops = Promise.all(Array.from({ length: LOOPS }, () => this.loop()));
  }

  /** Milliseconds since the run began. */
  get now(): number {
    return performance.now() - this.startedAt;
  }

  /** Waits until this many more logins that began after this call have succeeded. */
  async successes(count: number): Promise<void> {
    const from = this.now;
    while (this.sent.filter(({ status, sentAt }) => status === 200 && sentAt >= from).length < count) await delay(20);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.loops;
  }

  private async loop(): Promise<void> {
    while (!this.stopped) {
      this.sent.push(await this.login(this.users++));
      await delay(PAUSE_MS);
    }
  }

  private async login(user: number): Promise<SentLogin> {
    const userId = `run-${user}`;
    const code = await authCode(this.wallet, userId);
    const sentAt = this.now;
    const server = this.servers[user % this.servers.length] ?? '';
    const { status, body } = await send(server, 'POST', '/auth/vodapay/login', { json: { authCode: code } });
    const login = status === 200 ? (body as LoginBody) : undefined;
    return { userId, status, code: (body as { code?: string }).code, login, sentAt };
  }
}
