import { randomUUID } from 'node:crypto';
import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { propertyOf } from '../property-of.js';
import type { CoordinationBoard } from '../coordination/coordination-board.js';
import { NoticeCoverage } from './notice-coverage.js';
import type { SessionEnd } from './session-end.js';

/** How often a process shows that its notices arrive, in milliseconds. */
const BEAT_EVERY_MS = 200;

/**
 * How long a session that was read serves while every end of a session is heard of, in milliseconds. It bounds what a
 * process does that can't be heard at all: one without coordination, or with another Redis.
 */
const HEARD_SESSION_MS = 10_000;

/** How long a shutdown tries to say what is owed, in milliseconds: with the last try it takes less than a second. */
const SETTLE_WITHIN_MS = 800;
const SETTLE_EVERY_MS = 20;

/** What is said on the instance's channel, sealed. `missed`: some of the sender's notices got lost. */
type Notice =
  | { readonly kind: 'beat' | 'missed' | 'left'; readonly process: string; readonly beat: number }
  | { readonly kind: 'ended'; readonly end: SessionEnd };

/** What an end of each kind names. */
const NAMED_BY: Readonly<Record<SessionEnd['kind'], string>> = {
  session: 'sessionId',
  account: 'accountId',
  link: 'linkId',
};

/** Where the processes meet, and how soon all must know. */
export interface NoticeBoard extends CoordinationBoard {
  /** How far behind the present a process may be, in milliseconds: `session.cacheMs`. */
  readonly withinMs: number;
}

/** The ends of sessions, told to all processes of this instance; without a board nothing is told, and nothing covered. */
@Injectable()
export class SessionNotices implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly process = randomUUID();
  private readonly coverage: NoticeCoverage;
  private readonly board: NoticeBoard | undefined;
  private onEnd: (end: SessionEnd) => void = () => undefined;
  private timer: NodeJS.Timeout | undefined;
  private beating: Promise<void> | undefined;
  /** A notice of ours may not have arrived: until that is said, no beat says that all is well. */
  private owesMissed = false;
  /** The same of the message to the namespace, whose other instances hear no beat of ours. */
  private owesLinkEnded = false;

  /** @param monotonicMs the clock of the cache that is covered: one that never goes back, in milliseconds */
  constructor(
    board?: NoticeBoard,
    private readonly monotonicMs: () => number = () => performance.now(),
  ) {
    this.board = board?.coordination.isShared === true ? board : undefined;
    this.coverage = new NoticeCoverage(this.board?.withinMs ?? 0);
  }

  /** Whether the end of a session that was read at that moment would be known by now. */
  covers(readAt: number, now: number): boolean {
    return this.board !== undefined && now - readAt < HEARD_SESSION_MS && this.coverage.covers(readAt, now);
  }

  /** Calls back with what other processes have ended, and again with what this one has. */
  listen(onEnd: (end: SessionEnd) => void): void {
    this.onEnd = onEnd;
  }

  /** When every start-up check has passed: a start that fails leaves no connection behind. */
  onApplicationBootstrap(): void {
    if (this.board === undefined) return;
    const { coordination, scope } = this.board;
    coordination.listen([scope.channel, scope.namespaceChannel], {
      heard: (channel, message) => void this.hear(channel, message),
      interrupted: () => this.coverage.interrupted(),
    });
    this.timer = setInterval(() => void this.beat(), BEAT_EVERY_MS).unref();
  }

  /** After the last request has been answered. Takes up to a second where something is owed and nobody can be told. */
  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    if (this.board === undefined) return;
    // A start that failed before it listened has opened no connection to wait for.
    if (this.timer !== undefined) await this.settle();
    if (!this.owesMissed) await this.say({ kind: 'left', process: this.process, beat: 0 });
    await this.board.coordination.close();
  }

  /** Resolves when the others are bound to hear it, or shortly after where they can't be told. */
  async tell(end: SessionEnd): Promise<void> {
    if (this.board === undefined) return;
    if (!(await this.say({ kind: 'ended', end }))) this.owesMissed = true;
    if (end.kind === 'link') await this.sayLinkEnded();
  }

  /** One at a time: who asks meanwhile gets the one that is under way. */
  private beat(): Promise<void> {
    this.beating ??= this.sayBeat().finally(() => (this.beating = undefined));
    return this.beating;
  }

  private async sayBeat(): Promise<void> {
    const { process, owesMissed, owesLinkEnded } = this;
    this.owesMissed = false;
    const beat = this.coverage.send(this.monotonicMs());
    const said = await this.say({ kind: owesMissed ? 'missed' : 'beat', process, beat });
    if (!said) this.owesMissed ||= owesMissed;
    if (owesLinkEnded) await this.sayLinkEnded();
  }

  /** Says what is owed as soon as it can be said: nobody else would say it later. */
  private async settle(): Promise<void> {
    const giveUpAt = this.monotonicMs() + SETTLE_WITHIN_MS;
    await this.beating;
    while (this.owes && this.monotonicMs() < giveUpAt) {
      await this.beat();
      if (this.owes) await passed(SETTLE_EVERY_MS);
    }
  }

  private get owes(): boolean {
    return this.owesMissed || this.owesLinkEnded;
  }

  private async say(notice: Notice): Promise<boolean> {
    if (this.board === undefined) return false;
    const { coordination, scope } = this.board;
    try {
      await coordination.publish(scope.channel, await scope.seal(notice, scope.channel));
      return true;
    } catch {
      return false;
    }
  }

  /** The link's sessions may belong to instances with other keys, which can't be told more than that there is something. */
  private async sayLinkEnded(): Promise<void> {
    if (this.board === undefined) return;
    const { coordination, scope } = this.board;
    this.owesLinkEnded = false;
    await coordination.publish(scope.namespaceChannel, 'ended').catch(() => (this.owesLinkEnded = true));
  }

  private async hear(channel: string, message: string): Promise<void> {
    const heardAt = this.monotonicMs();
    try {
      this.take(channel === this.board?.scope.channel ? await this.read(message) : undefined, heardAt);
    } catch {
      // Of a kind that this version knows, in another shape.
      this.coverage.missed(heardAt);
    }
  }

  private take(notice: Notice | undefined, heardAt: number): void {
    switch (notice?.kind) {
      case 'ended':
        return isKnownEnd(notice.end) ? this.onEnd(notice.end) : this.coverage.missed(heardAt);
      case 'left':
        return this.coverage.left(notice.process);
      case 'missed':
        this.coverage.missed(heardAt);
        return this.noteBeat(notice, heardAt);
      case 'beat':
        return this.noteBeat(notice, heardAt);
      // Nothing that this version understands. A newer one may have ended sessions by it, so what was read is read again.
      case undefined:
      default:
        return this.coverage.missed(heardAt);
    }
  }

  /** Sealed by a process of this instance, so it has this shape, or that of another version. */
  private async read(message: string): Promise<Notice | undefined> {
    return (await this.board?.scope.open(message, this.board.scope.channel)) as Notice | undefined;
  }

  private noteBeat({ process, beat }: { readonly process: string; readonly beat: number }, heardAt: number): void {
    if (process === this.process) this.coverage.heardOwn(beat, heardAt);
    else this.coverage.heardOther(process, heardAt);
  }
}

/** By the global timer, as the beats: `node:timers/promises` is beyond a test's clock. */
function passed(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

/** Another version may tell an end of which this one knows nothing. */
function isKnownEnd(end: unknown): end is SessionEnd {
  const kind = propertyOf(end, 'kind');
  if (typeof kind !== 'string' || !Object.hasOwn(NAMED_BY, kind)) return false;
  return typeof propertyOf(end, NAMED_BY[kind as SessionEnd['kind']]) === 'string';
}
