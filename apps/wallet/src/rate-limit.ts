/** So many calls a second, as many of them at once; unused ones are not saved up beyond one second. */
export class RateLimit {
  readonly perSecond: number;
  #left: number;
  #countedAtMs = Number.NEGATIVE_INFINITY;

  constructor(perSecond: number) {
    this.perSecond = perSecond;
    this.#left = perSecond;
  }

  /** False when the call is one too many. */
  take(nowMs: number): boolean {
    const passedMs = Math.max(0, nowMs - this.#countedAtMs);
    this.#left = Math.min(this.perSecond, this.#left + (passedMs * this.perSecond) / 1000);
    this.#countedAtMs = nowMs;
    if (this.#left < 1) return false;
    this.#left -= 1;
    return true;
  }
}
