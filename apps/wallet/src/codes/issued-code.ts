/** That a code was given out, as the page shows it: the code itself is told to nobody but the one who asked for it. */
export interface IssuedCode {
  readonly id: number;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly userId: string;
  readonly scopes: readonly string[];
  readonly fault?: string;
}
