import { readFileSync } from 'node:fs';
import { SIGNATURE_ENCODINGS, type SignatureEncoding } from './check/signature-value.js';
import { GivenSettings } from './cli/given-settings.js';
import { parsePrivateKey, parsePublicKey } from './protocol/parse-key.js';
import { parseUsers } from './users/parse-users.js';
import type { WalletOptions } from './wallet-options.js';

export type Environment = Readonly<Record<string, string | undefined>>;

const MAX_CLIENT_ID_CHARACTERS = 32;
const MAX_KEY_VERSION = 999_999_999;

/**
 * The wallet's options from its environment; `flags` holds values of the command line under the variables' names, which
 * win. Throws a TypeError whose message begins with the variable, or the flag, that is wrong.
 */
export function readEnvironment(
  env: Environment,
  flags: Environment = {},
): WalletOptions & { readonly port: number; readonly controlPort: number } {
  const given = new GivenSettings(env, flags);
  const port = readWholeNumber(given, 'PORT', 4000, 0, 65_535);
  const controlPort = readWholeNumber(given, 'CONTROL_PORT', 4001, 0, 65_535);
  if (port !== 0 && port === controlPort) {
    throw new TypeError(`${given.nameOf('CONTROL_PORT')} must differ from ${given.nameOf('PORT')}; both are ${port}.`);
  }
  const lenient = readSwitch(given, 'WALLET_LENIENT');
  const rateLimitPerSecond = readRate(given, 'WALLET_RATE_LIMIT');
  const stateFile = given.read('WALLET_STATE_FILE');
  return {
    port,
    controlPort,
    host: given.read('HOST') ?? '127.0.0.1',
    clientId: readClientId(given),
    merchantPublicKeys: readMerchantKeys(given, lenient),
    ...readOwnKey(given),
    publicKeyVersion: readWholeNumber(given, 'WALLET_KEY_VERSION', 1, 0, MAX_KEY_VERSION),
    ...readUsersFile(given),
    acceptEncodings: readEncodings(given),
    lenient,
    ...(rateLimitPerSecond !== undefined && { rateLimitPerSecond }),
    slowMs: readWholeNumber(given, 'WALLET_SLOW_MS', 6000, 0, 3_600_000),
    miniProgramUrl: readUrl(given, 'WALLET_MINI_PROGRAM_URL', 'http://127.0.0.1:3000/'),
    ...(stateFile !== undefined && { stateFile }),
  };
}

function readClientId(given: GivenSettings): string {
  const clientId = given.require('WALLET_CLIENT_ID', "the merchant's client id, 22 digits as a rule");
  if (/^[\x21-\x7e]+$/.test(clientId) && clientId.length <= MAX_CLIENT_ID_CHARACTERS) return clientId;
  const name = given.nameOf('WALLET_CLIENT_ID');
  throw new TypeError(`${name} must be 1 to ${MAX_CLIENT_ID_CHARACTERS} printable characters without blanks.`);
}

/** `file`, or `version:file`, several with commas. */
function readMerchantKeys(given: GivenSettings, lenient: boolean): NonNullable<WalletOptions['merchantPublicKeys']> {
  const variable = 'WALLET_MERCHANT_PUBLIC_KEY_FILE';
  if (lenient && given.read(variable) === undefined) return {};
  const text = given.require(variable, "the path of a file with the merchant's public key");
  const usualVersion = readWholeNumber(given, 'WALLET_MERCHANT_KEY_VERSION', 1, 0, MAX_KEY_VERSION);
  const name = given.nameOf(variable);
  const keys = new Map<number, ReturnType<typeof parsePublicKey>>();
  for (const part of text.split(',')) {
    const [, version, path = part] = /^\s*(\d{1,9}):(.+)$/.exec(part) ?? [];
    const keyVersion = version === undefined ? usualVersion : Number(version);
    if (keys.has(keyVersion)) throw new TypeError(`${name} names key version ${keyVersion} twice.`);
    keys.set(keyVersion, parsePublicKey(readText(path.trim(), name), name));
  }
  return Object.fromEntries(keys);
}

function readOwnKey(given: GivenSettings): Pick<WalletOptions, 'privateKey'> {
  const path = given.read('WALLET_PRIVATE_KEY_FILE');
  const name = given.nameOf('WALLET_PRIVATE_KEY_FILE');
  return path === undefined ? {} : { privateKey: parsePrivateKey(readText(path, name), name) };
}

/** Read once here too, so that what is wrong with it is said under the name it was given by. */
function readUsersFile(given: GivenSettings): Pick<WalletOptions, 'usersFile'> {
  const usersFile = given.read('WALLET_USERS_FILE');
  if (usersFile === undefined) return {};
  const name = given.nameOf('WALLET_USERS_FILE');
  parseUsers(readText(usersFile, name), name);
  return { usersFile };
}

function readText(path: string, name: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new TypeError(`${name} names a file that cannot be read: ${path}`, { cause });
  }
}

function readEncodings(given: GivenSettings): readonly SignatureEncoding[] {
  const names = (given.read('WALLET_ACCEPT_ENCODINGS') ?? 'base64').split(',').map((name) => name.trim());
  const encodings = SIGNATURE_ENCODINGS.filter((encoding) => names.includes(encoding));
  if (encodings.length === names.length) return encodings;
  throw new TypeError(
    `${given.nameOf('WALLET_ACCEPT_ENCODINGS')} must list some of ${SIGNATURE_ENCODINGS.join(', ')}.`,
  );
}

function readSwitch(given: GivenSettings, variable: string): boolean {
  const text = given.read(variable) ?? 'false';
  if (text === 'true' || text === 'false') return text === 'true';
  throw new TypeError(`${given.nameOf(variable)} must be true or false, came ${text}.`);
}

/** `100` or `100/s` */
function readRate(given: GivenSettings, variable: string): number | undefined {
  const text = given.read(variable);
  if (text === undefined) return undefined;
  const [, digits] = /^([1-9]\d{0,6})(?:\/s)?$/.exec(text.trim()) ?? [];
  if (digits !== undefined) return Number(digits);
  throw new TypeError(`${given.nameOf(variable)} must be a whole number of calls a second, as in 100/s, came ${text}.`);
}

function readUrl(given: GivenSettings, variable: string, otherwise: string): string {
  const text = given.read(variable) ?? otherwise;
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text;
  throw new TypeError(`${given.nameOf(variable)} must be an http or https URL, came ${text}.`);
}

function readWholeNumber(given: GivenSettings, variable: string, otherwise: number, min: number, max: number): number {
  const text = given.read(variable);
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (/^\d{1,9}$/.test(text) && value >= min && value <= max) return value;
  throw new TypeError(`${given.nameOf(variable)} must be a whole number from ${min} to ${max}, came ${text}.`);
}
