import { recordSecret as note } from './record-process.mjs';

/** What must never be said. */
export type SecretKind =
  | 'auth code'
  | 'access token'
  | 'refresh token'
  | 'session token'
  | 'link ticket'
  | 'link code'
  | 'private key'
  | 'public key'
  | 'sealing key'
  | 'signature'
  | 'e-mail'
  | 'phone';

/** Shorter values can't be told from ordinary words. */
const SHORTEST_SECRET = 8;

/**
 * Tells the scan of the whole suite (`whole-suite.test.ts`) a secret of this run by value, and gives it back, so that a
 * fixture can write `const code = recordSecret('auth code', wallet.issueCode(…))`. What passes an HTTP server of the
 * test process is noted by itself.
 *
 * @throws TypeError when the value has fewer than 8 characters.
 */
export function recordSecret(kind: SecretKind, value: string): string {
  if (value.length < SHORTEST_SECRET) {
    throw new TypeError(`A secret to look for needs ${SHORTEST_SECRET} characters or more; this ${kind} has fewer.`);
  }
  note(kind, value);
  return value;
}
