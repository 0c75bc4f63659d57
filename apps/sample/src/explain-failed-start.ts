import { databaseUnreachable } from './database/database-unreachable.js';

/** Option of the library → the variable that the operator set it with. */
const VARIABLES: Readonly<Record<string, string>> = Object.freeze({
  'environment or baseUrl': 'VODAPAY_ENVIRONMENT or VODAPAY_BASE_URL',
  baseUrl: 'VODAPAY_BASE_URL',
  clientId: 'VODAPAY_CLIENT_ID',
  privateKey: 'VODAPAY_PRIVATE_KEY',
  keyVersion: 'VODAPAY_KEY_VERSION',
  vodapayPublicKey: 'VODAPAY_PUBLIC_KEY',
  vodapayPublicKeyVersion: 'VODAPAY_PUBLIC_KEY_VERSION',
  responseSignature: 'VODAPAY_RESPONSE_SIGNATURE',
  timeoutMs: 'VODAPAY_TIMEOUT_MS',
  'session.revalidateAfterMs': 'VODAPAY_REVALIDATE_AFTER_MS',
  'session.sealingKeys': 'VODAPAY_SEALING_KEYS',
});

/** What keeps a server from listening → the sentence. */
const LISTENING: Readonly<Record<string, string>> = Object.freeze({
  EADDRINUSE: 'another program listens on PORT. Set a free one.',
  EACCES: 'PORT may not be used by this user. Set one above 1023.',
  EADDRNOTAVAIL: 'HOST is no address of this machine.',
});

/** Why the sample could not start, for the person who started it. */
export function explainFailedStart(error: unknown): string {
  const unreachable = databaseUnreachable(error);
  if (unreachable !== undefined) return `the database at DATABASE_URL does not answer (${unreachable}).`;
  if (!(error instanceof Error)) return 'something that is no Error was thrown.';
  if (error instanceof TypeError) return nameVariable(error.message);
  const { code } = error as NodeJS.ErrnoException;
  return (code === undefined ? undefined : LISTENING[code]) ?? error.stack ?? error.message;
}

/** The library names its option; the operator knows the variable. */
function nameVariable(message: string): string {
  const named = Object.entries(VARIABLES).find(([option]) => message.includes(`option ${option} `));
  return named === undefined ? message : `${named[1]}: ${message}`;
}
