import { readFileSync } from 'node:fs';
import { SIGNATURE_ENCODINGS, type SignatureEncoding } from './check/signature-value.js';
import { parsePrivateKey, parsePublicKey } from './protocol/parse-key.js';
import { parseUsers } from './users/parse-users.js';
import type { WalletOptions } from './start-wallet.js';

type Environment = Readonly<Record<string, string | undefined>>;

const MAX_CLIENT_ID_CHARACTERS = 32;

/** The wallet's options from its environment. Throws a TypeError whose message begins with the variable that is wrong. */
export function readEnvironment(
  env: Environment,
): WalletOptions & { readonly port: number; readonly controlPort: number } {
  const port = readWholeNumber(env, 'PORT', 4000, 0, 65_535);
  const controlPort = readWholeNumber(env, 'CONTROL_PORT', 4001, 0, 65_535);
  if (port !== 0 && port === controlPort) throw new TypeError(`CONTROL_PORT must differ from PORT; both are ${port}.`);
  const usersFile = env['WALLET_USERS_FILE'];
  const stateFile = env['WALLET_STATE_FILE'];
  return {
    port,
    controlPort,
    host: env['HOST'] ?? '127.0.0.1',
    clientId: readClientId(env),
    merchantPublicKey: parsePublicKey(
      readFileOf(env, 'WALLET_MERCHANT_PUBLIC_KEY_FILE'),
      'WALLET_MERCHANT_PUBLIC_KEY_FILE',
    ),
    merchantKeyVersion: readWholeNumber(env, 'WALLET_MERCHANT_KEY_VERSION', 1, 0, 999_999_999),
    privateKey: parsePrivateKey(readFileOf(env, 'WALLET_PRIVATE_KEY_FILE'), 'WALLET_PRIVATE_KEY_FILE'),
    publicKeyVersion: readWholeNumber(env, 'WALLET_KEY_VERSION', 1, 0, 999_999_999),
    users: usersFile === undefined ? [] : parseUsers(readFileOf(env, 'WALLET_USERS_FILE'), 'WALLET_USERS_FILE'),
    acceptEncodings: readEncodings(env),
    slowMs: readWholeNumber(env, 'WALLET_SLOW_MS', 6000, 0, 3_600_000),
    miniProgramUrl: readUrl(env, 'WALLET_MINI_PROGRAM_URL', 'http://127.0.0.1:3000/'),
    ...(stateFile !== undefined && { stateFile }),
  };
}

function readClientId(env: Environment): string {
  const clientId = required(env, 'WALLET_CLIENT_ID', "the merchant's client id, 22 digits as a rule");
  if (/^[\x21-\x7e]+$/.test(clientId) && clientId.length <= MAX_CLIENT_ID_CHARACTERS) return clientId;
  throw new TypeError(`WALLET_CLIENT_ID must be 1 to ${MAX_CLIENT_ID_CHARACTERS} printable characters without blanks.`);
}

function readFileOf(env: Environment, name: string): string {
  const path = required(env, name, 'the path of a file');
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new TypeError(`${name} names a file that cannot be read: ${path}`, { cause });
  }
}

function readEncodings(env: Environment): readonly SignatureEncoding[] {
  const names = (env['WALLET_ACCEPT_ENCODINGS'] ?? 'base64').split(',').map((name) => name.trim());
  const encodings = SIGNATURE_ENCODINGS.filter((encoding) => names.includes(encoding));
  if (encodings.length === names.length) return encodings;
  throw new TypeError(`WALLET_ACCEPT_ENCODINGS must list some of ${SIGNATURE_ENCODINGS.join(', ')}.`);
}

function readUrl(env: Environment, name: string, otherwise: string): string {
  const text = env[name] ?? otherwise;
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text;
  throw new TypeError(`${name} must be an http or https URL, came ${text}.`);
}

function readWholeNumber(env: Environment, name: string, otherwise: number, min: number, max: number): number {
  const text = env[name];
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (/^\d{1,9}$/.test(text) && value >= min && value <= max) return value;
  throw new TypeError(`${name} must be a whole number from ${min} to ${max}, came ${text}.`);
}

function required(env: Environment, name: string, meaning: string): string {
  const value = env[name];
  if (value === undefined || value.trim() === '') throw new TypeError(`${name} is missing: ${meaning}.`);
  return value;
}
