import type { TelemetryAttributes } from './attributes.js';

/**
 * Everything that a log line may tell besides its event. Words out of small sets, numbers, random ids of rows and keyed
 * hashes: no token, code, key, signature, name, e-mail or phone has a place here, and no id of a user or an account (R19).
 */
export interface LogFields {
  /** Code of a `VodaPayError`; `_OTHER` for any other failure. */
  readonly code: string;
  /** VodaPay's own code, where it is one that the library knows, or stands in a signed answer and looks like a code. */
  readonly resultCode: string | undefined;
  readonly operation: NonNullable<TelemetryAttributes['vodapay.operation']>;
  /** Which attempt of the operation, from 1. */
  readonly attempt: number;
  /** Milliseconds, rounded. */
  readonly durationMs: number;
  readonly credential: NonNullable<TelemetryAttributes['vodapay.credential']>;
  readonly outcome: TelemetryAttributes['vodapay.outcome'];
  /** Stands for the VodaPay user: the same as `identity_hash` of `vodapay_link_event`. */
  readonly identityHash: string;
  /** Id of a row of `vodapay_account_link`. */
  readonly linkId: string;
  /** Id of a row of `vodapay_session`. */
  readonly sessionId: string;
  readonly change: NonNullable<TelemetryAttributes['vodapay.link.change']>;
  readonly actor: string;
  /** Why, in a word or in a sentence of the library's own. */
  readonly reason: string;
  /** Kind of the notice that an owner was not given. */
  readonly notice: string;
  /** What the application's `create` said; withheld where it looks like a contact. */
  readonly words: string;
  /** How many. */
  readonly count: number;
  readonly keyVersions: readonly number[];
  /** Stage of a `VodaPayError`. */
  readonly stage: string;
  /** The error's own sentence, which holds no values by the rule of `VodaPayErrorDetails`. */
  readonly detail: string;
  /** Class, code and stack frames of each cause, without their texts. */
  readonly origin: readonly string[];
  readonly links: number;
  readonly sessions: number;
  readonly pendingLogins: number;
  readonly linkCodes: number;
}
