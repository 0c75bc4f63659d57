import { NO_TELEMETRY } from '../telemetry/no-telemetry.js';
import type { Telemetry } from '../telemetry/telemetry.js';
import type { LiveSession } from './live-session.js';
import { isPackedSessionOf, packSession, packUuid, unpackSession } from './pack-session.js';

/** Sessions kept unpacked, so that the requests of one page unpack theirs once. When there are more, all are packed again. */
const MAX_UNPACKED = 256;

/** Bounds of the cache. */
export interface SessionCacheLimits {
  /** How long a session is served without reading it again, in milliseconds; 0 reads it at every request. */
  readonly cacheMs: number;
  /** Sessions kept; the one read longest ago leaves first. Default 10 000, about 3 MB. */
  readonly maxEntries?: number;
}

/** Tells whether the end of a session that was read at a moment would have been heard of: `SessionNotices`. */
export interface HeardEnds {
  covers(readAt: number, now: number): boolean;
}

/**
 * Sessions read a moment ago, by the hash of their token. Parallel reads of one session are one. A session that ends in
 * this process is forgotten at once; in another process it is read again when its entry is `cacheMs` old, unless its end
 * would have been heard of.
 */
export class SessionCache {
  /** The packed session, a line feed, and when its read began. */
  private readonly entries = new Map<string, string>();
  /** By the hash as it is asked for: the sessions in use are found without turning it into a key. */
  private readonly unpacked = new Map<string, { readonly session: LiveSession; readonly readAt: number }>();
  private readonly reads = new Map<string, Promise<LiveSession | undefined>>();
  /** Grows with everything forgotten: what a read that began before has seen is not kept. */
  private generation = 0;
  private readonly hit: () => void;
  private readonly miss: () => void;
  private readonly cacheMs: number;
  private readonly maxEntries: number;

  /** @param monotonicMs a clock that never goes back, in milliseconds */
  constructor(
    { cacheMs, maxEntries = 10_000 }: SessionCacheLimits,
    private readonly monotonicMs: () => number = () => performance.now(),
    telemetry: Telemetry = NO_TELEMETRY,
    private readonly heardEnds?: HeardEnds,
  ) {
    this.cacheMs = cacheMs;
    this.maxEntries = maxEntries;
    this.hit = telemetry.counter('sessionCacheLookups', { 'vodapay.cache.result': 'hit' });
    this.miss = telemetry.counter('sessionCacheLookups', { 'vodapay.cache.result': 'miss' });
  }

  /**
   * At once where it was read a moment ago: a request with a live session then waits for nothing.
   *
   * @param tokenHash 64 hex digits
   */
  find(
    tokenHash: string,
    read: () => Promise<LiveSession | undefined>,
  ): LiveSession | Promise<LiveSession | undefined> {
    const kept = this.fresh(tokenHash);
    (kept === undefined ? this.miss : this.hit)();
    if (kept !== undefined) return kept;
    const key = keyOf(tokenHash);
    return this.reads.get(key) ?? this.readShared(key, read);
  }

  /** Lets the next request read the session again, because its row has news. Costs nothing, unlike the others below. */
  refresh(tokenHash: string): void {
    this.drop(keyOf(tokenHash));
  }

  /** Forgets one session, by its id. */
  forget(sessionId: string): void {
    const packedId = packUuid(sessionId);
    this.forgetWhere((packed) => isPackedSessionOf(packed, packedId));
  }

  forgetAccount(accountId: string): void {
    this.forgetWhere((packed) => unpackSession(packed).accountId === accountId);
  }

  forgetLink(linkId: string): void {
    this.forgetWhere((packed) => unpackSession(packed).linkId === linkId);
  }

  private fresh(tokenHash: string): LiveSession | undefined {
    const { session, readAt } = this.unpacked.get(tokenHash) ?? this.unpack(tokenHash) ?? NONE;
    const now = this.monotonicMs();
    return now - readAt < this.cacheMs || this.heardEnds?.covers(readAt, now) === true ? session : undefined;
  }

  private unpack(tokenHash: string): { readonly session: LiveSession; readonly readAt: number } | undefined {
    const entry = this.entries.get(keyOf(tokenHash));
    if (entry === undefined) return undefined;
    const readAt = Number(entry.slice(entry.lastIndexOf('\n') + 1));
    const unpacked = { session: unpackSession(entry), readAt };
    if (this.unpacked.size >= MAX_UNPACKED) this.unpacked.clear();
    this.unpacked.set(tokenHash, unpacked);
    return unpacked;
  }

  private drop(key: string): void {
    this.entries.delete(key);
    this.unpacked.delete(Buffer.from(key, 'latin1').toString('hex'));
  }

  private readShared(key: string, read: () => Promise<LiveSession | undefined>): Promise<LiveSession | undefined> {
    const readAt = Math.floor(this.monotonicMs());
    const { generation } = this;
    const reading = read().then((session) => {
      if (generation === this.generation) this.keep(key, session, readAt);
      return session;
    });
    this.reads.set(key, reading);
    const done = (): void => {
      if (this.reads.get(key) === reading) this.reads.delete(key);
    };
    reading.then(done, done);
    return reading;
  }

  private keep(key: string, session: LiveSession | undefined, readAt: number): void {
    this.drop(key);
    if (session === undefined || this.cacheMs === 0) return;
    this.entries.set(key, [packSession(session), readAt].join('\n'));
    if (this.entries.size <= this.maxEntries) return;
    const [oldest] = this.entries.keys();
    if (oldest !== undefined) this.drop(oldest);
  }

  /** Walks the whole cache: a session ends seldom, and an index by id would double what an entry costs. */
  private forgetWhere(matches: (packed: string) => boolean): void {
    this.generation += 1;
    this.reads.clear();
    for (const [key, entry] of this.entries) if (matches(entry)) this.drop(key);
  }
}

const NONE = Object.freeze({ session: undefined, readAt: Number.NEGATIVE_INFINITY });

/** 32 characters of one byte each: half of what the hex digits would take. */
function keyOf(tokenHash: string): string {
  return Buffer.from(tokenHash, 'hex').toString('latin1');
}
