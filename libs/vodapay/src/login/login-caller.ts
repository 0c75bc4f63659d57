import type { Departure } from '../departure.js';

/** Who waits for a login. */
export interface LoginCaller {
  readonly departure: Departure | undefined;
  /** Of her login: its log lines have it, and so have those of an inquiry that others share with her. */
  readonly correlationId: string;
}
