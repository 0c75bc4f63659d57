import type { RawAnswer } from '../../protocol/raw-answer.js';
import type { GivenKey } from '../read-key-variable.js';
import type { Variables } from '../read-variables.js';

/** What the doctor has gathered; the checks judge it and gather nothing. */
export interface Facts {
  /** This machine's clock, epoch milliseconds. */
  readonly now: number;
  readonly variables: Variables;
  readonly privateKey: GivenKey;
  readonly publicKey: GivenKey;
  /** Absent when the settings name no host. */
  readonly network?: NetworkFacts;
  /** Absent when the host can't be reached, or when there is no usable private key or client id. */
  readonly probe?: ProbeFacts;
  /** Absent when DATABASE_URL is not set. */
  readonly database?: DatabaseFacts;
}

export interface NetworkFacts {
  readonly origin: string;
  readonly host: string;
  /** The step that failed, and Node's error code; `TIMEOUT` when nothing came in time. Absent: the host can be reached. */
  readonly failure?: { readonly step: 'dns' | 'connect' | 'tls'; readonly code: string };
  /** When the server's certificate ends, epoch milliseconds. */
  readonly certificateEnds?: number;
  /** The variable that names a proxy for this host. */
  readonly proxyVariable?: string;
}

/** A signed inquiry with a token that can't exist. */
export interface ProbeFacts {
  /** Epoch milliseconds of this machine's clock. */
  readonly sentAt: number;
  readonly receivedAt: number;
  /** The library's error code and sentence where no answer came. */
  readonly failure?: { readonly code: string; readonly message: string };
  readonly answer?: ProbeAnswer;
}

export interface ProbeAnswer {
  readonly raw: RawAnswer;
  /** The header Date, epoch milliseconds. */
  readonly date?: number;
  readonly contentType?: string;
}

export type DatabaseFacts =
  | { readonly state: 'wrong-url'; readonly reason: string }
  | { readonly state: 'no-file'; readonly file: string }
  | { readonly state: 'no-driver'; readonly packageName: string }
  | { readonly state: 'unreachable'; readonly code: string }
  /** `missing`: tables, or `table.column`, that the library's migrations make. */
  | { readonly state: 'open'; readonly missing: readonly string[] };
