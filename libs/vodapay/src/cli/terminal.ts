/** Where a command reads from and writes to. */
export interface Terminal {
  readonly environment: NodeJS.ProcessEnv;
  readonly out: (line: string) => void;
  readonly error: (line: string) => void;
  /** Standard input, to its end. */
  readonly input: () => Promise<string>;
  /** Epoch milliseconds. */
  readonly now: () => number;
}
