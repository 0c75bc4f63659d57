/** How long a silent process is waited for before it is taken for gone, in milliseconds. */
const GONE_AFTER_MS = 600_000;

/** Beats that are under way at most; those beyond are taken for lost. */
const MAX_UNDER_WAY = 64;

const NEVER = Number.NEGATIVE_INFINITY;

/**
 * Since when, and until when, every end of a session has been heard of. Notices of all processes come in one order; this
 * process' own beats come back in it. So whoever has heard the beat of moment t has heard every notice before t, unless a
 * process could not send its own: then its beats are missing too. Times by a clock that never goes back, in milliseconds.
 */
export class NoticeCoverage {
  private since = Number.POSITIVE_INFINITY;
  private until = NEVER;
  private readonly underWay = new Map<number, number>();
  private readonly others = new Map<string, number>();
  private lastBeat = 0;

  /** @param withinMs how far the past may lie back that is taken for the present */
  constructor(private readonly withinMs: number) {}

  /** Whether a session read at that moment would have been heard of if it had ended by `withinMs` ago. */
  covers(readAt: number, now: number): boolean {
    return readAt > this.since && now - this.until < this.withinMs;
  }

  /** The number of a beat to send. */
  send(now: number): number {
    this.lastBeat += 1;
    this.underWay.set(this.lastBeat, now);
    if (this.underWay.size > MAX_UNDER_WAY) this.underWay.delete(this.lastBeat - MAX_UNDER_WAY);
    return this.lastBeat;
  }

  /** A beat of our own has come back. One that was not sent, or came back before, counts for nothing. */
  heardOwn(beat: number, now: number): void {
    const sentAt = this.underWay.get(beat);
    if (sentAt === undefined) return;
    for (const earlier of this.underWay.keys()) if (earlier <= beat) this.underWay.delete(earlier);
    this.since = Math.min(this.since, now);
    const heard = [...this.others.values()].filter((at) => now - at < GONE_AFTER_MS);
    this.until = Math.min(sentAt, ...heard);
  }

  heardOther(process: string, now: number): void {
    this.others.delete(process);
    this.others.set(process, now);
    for (const [other, at] of this.others) if (now - at >= GONE_AFTER_MS) this.others.delete(other);
  }

  /** The other process has said that it goes. */
  left(process: string): void {
    this.others.delete(process);
  }

  /** Something was missed, or said that can't be understood: what was read before counts as before there were notices. */
  missed(now: number): void {
    if (this.since <= now) this.since = now;
  }

  /** Nothing is heard any more until a beat comes back. */
  interrupted(): void {
    this.since = Number.POSITIVE_INFINITY;
    this.until = NEVER;
    this.underWay.clear();
  }
}
