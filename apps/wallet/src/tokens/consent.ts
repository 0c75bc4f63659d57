/** What a user agreed to: a code stands for it, then the tokens that come from the code. */
export interface Consent {
  readonly userId: string;
  readonly scopes: readonly string[];
  /** Name of the fault that goes with the code and everything that comes from it. */
  readonly fault?: string;
}
