// In the order of the table below: the API text lists the codes in the order in which the compiler meets them.
import { CREDENTIALS_ERRORS } from './credentials-errors.js';
import { SESSION_ERRORS } from './session-errors.js';
import { WALLET_ERRORS } from './wallet-errors.js';
import { ANSWER_ERRORS } from './answer-errors.js';
import { TRANSPORT_ERRORS } from './transport-errors.js';
import { LINKING_ERRORS } from './linking-errors.js';
import { STORE_ERRORS } from './store-errors.js';
import type { ErrorDefinition } from './error-definition.js';

const define = <C extends string>(table: Record<C, ErrorDefinition>): Readonly<Record<C, ErrorDefinition>> =>
  Object.freeze(table);

/** The one table of errors: code → stage, HTTP status, retryable, what to do. `docs/errors.md` is made from it. */
export const VODAPAY_ERRORS = define({
  ...CREDENTIALS_ERRORS,
  ...SESSION_ERRORS,
  ...WALLET_ERRORS,
  ...ANSWER_ERRORS,
  ...TRANSPORT_ERRORS,
  ...LINKING_ERRORS,
  ...STORE_ERRORS,
});

/** A stable code, `VODAPAY_…`. */
export type VodaPayErrorCode = keyof typeof VODAPAY_ERRORS;
