import { CannotListen } from './cannot-listen.js';
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
  'coordination.redis': 'REDIS_URL',
});

/** What keeps a server from listening → the sentence. */
const LISTENING: Readonly<Record<string, string>> = Object.freeze({
  EADDRINUSE: 'another program listens on PORT. Set a free one.',
  EACCES: 'PORT may not be used by this user. Set one above 1023.',
  EADDRNOTAVAIL: 'HOST is no address of this machine.',
  ENOTFOUND: 'HOST is no address, and no name that leads to one.',
  EAI_AGAIN: 'HOST is no address, and its name cannot be looked up at the moment.',
});

/** Why the sample could not start, for the person who set these variables and started it. */
export function explainFailedStart(error: unknown, variables: NodeJS.ProcessEnv): string {
  if (error instanceof CannotListen) return LISTENING[error.code] ?? `PORT on HOST cannot be used (${error.code}).`;
  const unreachable = databaseUnreachable(error);
  if (unreachable !== undefined) return `the database at DATABASE_URL does not answer (${unreachable}).`;
  if (!(error instanceof Error)) return 'something that is no Error was thrown.';
  if (error instanceof TypeError) return nameVariable(error.message, variables);
  return error.stack ?? error.message;
}

/** The library begins with its option; the operator knows the variable. */
function nameVariable(message: string, variables: NodeJS.ProcessEnv): string {
  const [, option = '', reason = ''] =
    /^(?:VodaPayModule: option )?(environment or baseUrl|[A-Za-z.]+):? ([\s\S]*)$/.exec(message) ?? [];
  const variable = Object.hasOwn(VARIABLES, option) ? VARIABLES[option] : undefined;
  return variable === undefined ? message : `${asSet(variable, variables)}: ${reason}`;
}

/** A key may have come from a file. */
function asSet(variable: string, variables: NodeJS.ProcessEnv): string {
  return (variables[`${variable}_FILE`] ?? '') === '' ? variable : `${variable}_FILE`;
}
