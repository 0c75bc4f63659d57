/** A clock that moves only when it is told to, in milliseconds. */
export class GivenClock {
  now = 1_000_000;
  readonly read = (): number => this.now;
}
