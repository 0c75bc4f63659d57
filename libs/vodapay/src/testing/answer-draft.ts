/** An answer of the test wallet before it is signed and sent. A fault replaces parts of it. */
export interface AnswerDraft {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Serialised as JSON; a text goes out as it is. */
  readonly body: Readonly<Record<string, unknown>> | string;
  /** What the signature covers; `nothing`: there is none, and no other header of the wallet either. */
  readonly signed: 'the answer' | 'another text' | 'nothing';
  readonly keyVersion: number;
  readonly clientId: string;
  /** How far Response-Time lies from the application's clock, in milliseconds. */
  readonly clockOffsetMs: number;
  /** `refused`: no connection. `lost`: the answer never comes. `cut`: it ends in the middle. */
  readonly delivery: 'whole' | 'refused' | 'lost' | 'cut';
}
