import { NO_TELEMETRY } from '../telemetry/no-telemetry.js';
import { tellLog } from '../telemetry/tell-log.js';
import type { Telemetry } from '../telemetry/telemetry.js';
import { answeredWithin } from './answered-within.js';
import { Coordination, type CoordinationListener } from './coordination.js';
import type { RedisConnection } from './redis-connection.js';
import { Troubles, type RedisPart } from './troubles.js';

/** How long a command is waited for, in milliseconds. */
const ANSWER_WITHIN_MS = 50;
/** How long a start may take before it counts as an outage, in milliseconds. */
const READY_WITHIN_MS = 1_000;
/** A connection on which a command stays unanswered for so long is given up, in milliseconds. */
const GIVE_UP_AFTER_MS = 5_000;

/**
 * Coordination over Redis: one connection for commands, one that listens. While a command is unanswered beyond its time no
 * other is sent, so that a Redis that hangs delays one request by `ANSWER_WITHIN_MS` and the others by nothing.
 */
export class RedisCoordination extends Coordination {
  override readonly isShared = true;
  private readonly troubles = new Troubles();
  private readonly commands: RedisConnection;
  private readonly subscription: RedisConnection;
  private readonly stopObserving: () => void;
  private unanswered = 0;
  private isOpen = false;
  private openedAt = Number.POSITIVE_INFINITY;

  constructor(connection: () => RedisConnection, telemetry: Telemetry = NO_TELEMETRY) {
    super();
    this.commands = connection();
    this.subscription = connection();
    this.stopObserving = telemetry.observe('coordinationUp', {}, () => (this.troubles.any ? 0 : 1));
  }

  override async claim(key: string, value: string, ttlMs: number): Promise<string | undefined> {
    const stored = await this.run('claim', () => this.commands.set(key, value, 'PX', ttlMs, 'NX'));
    return stored === null ? this.read(key) : undefined;
  }

  override async read(key: string): Promise<string | undefined> {
    return (await this.run('read', () => this.commands.get(key))) ?? undefined;
  }

  override async write(key: string, value: string, ttlMs: number): Promise<void> {
    await this.run('write', () => this.commands.set(key, value, 'PX', ttlMs));
  }

  override async publish(channel: string, message: string): Promise<void> {
    await this.run('publish', () => this.commands.publish(channel, message));
  }

  override listen(channels: readonly string[], { heard, interrupted }: CoordinationListener): void {
    const { commands, subscription } = this;
    const subscribe = (): void => {
      subscription.subscribe(...channels).then(
        () => this.worked('subscription'),
        (error: unknown) => this.failed('subscription', error),
      );
    };
    subscription.on('ready', subscribe);
    subscription.on('message', heard);
    subscription.on('close', () => {
      interrupted();
      this.failed('subscription', 'the connection was closed');
    });
    commands.on('close', () => this.failed('publish', 'the connection was closed'));
    this.isOpen = true;
    this.openedAt = performance.now();
    // Each by a part that this connection's own work clears again.
    subscription.on('error', (error) => this.failed('subscription', error));
    commands.on('error', (error) => this.failed('publish', error));
    // They go on trying by themselves; what fails is told by the events.
    for (const connection of [commands, subscription]) connection.connect().catch(() => undefined);
  }

  override async close(): Promise<void> {
    this.isOpen = false;
    this.stopObserving();
    for (const connection of [this.commands, this.subscription]) connection.disconnect();
  }

  private async run<T>(part: RedisPart, command: () => Promise<T>): Promise<T> {
    if (this.commands.status !== 'ready') this.noteNotReady(part);
    if (this.commands.status !== 'ready' || this.unanswered > 0) throw new Error('Redis is not asked at the moment.');
    try {
      const answer = await answeredWithin(ANSWER_WITHIN_MS, this.watched(command()));
      this.worked(part);
      return answer;
    } catch (error) {
      this.failed(part, error);
      throw error;
    }
  }

  /** Counts a command as unanswered from the end of its time to its answer, and gives up a connection that gives none. */
  private watched<T>(answer: Promise<T>): Promise<T> {
    let counted = false;
    const late = setTimeout(() => {
      counted = true;
      this.unanswered += 1;
    }, ANSWER_WITHIN_MS);
    const hopeless = setTimeout(() => this.commands.disconnect(true), GIVE_UP_AFTER_MS);
    hopeless.unref();
    const answered = (): void => {
      clearTimeout(late);
      clearTimeout(hopeless);
      if (counted) this.unanswered -= 1;
    };
    answer.then(answered, answered);
    return answer;
  }

  /** A server that takes the connection and then says nothing, or that it is loading, causes no event. */
  private noteNotReady(part: RedisPart): void {
    if (performance.now() - this.openedAt > READY_WITHIN_MS) this.failed(part, 'it is not ready');
  }

  private failed(part: RedisPart, reason: unknown): void {
    if (this.isOpen && this.troubles.failed(part)) tellLog('vodapay.coordination.lost', { reason: wordOf(reason) });
  }

  private worked(part: RedisPart): void {
    if (this.troubles.worked(part)) tellLog('vodapay.coordination.back', {});
  }
}

/** Node's error code, or the first word of a refusal (`NOAUTH`, `LOADING`): its text may quote a command. */
function wordOf(reason: unknown): string {
  if (typeof reason === 'string') return reason;
  const code: unknown = Reflect.get(Object(reason), 'code');
  if (typeof code === 'string') return code;
  const word = reason instanceof Error ? /^[A-Z]{3,20}\b/.exec(reason.message)?.[0] : undefined;
  return word ?? 'no answer in time';
}
