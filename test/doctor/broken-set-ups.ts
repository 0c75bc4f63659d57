import { ELLIPTIC, ENCRYPTED, MERCHANT, newPair, SMALL } from './broken-keys.js';

/** A variable to change; `undefined` takes it away. */
type Changes = Readonly<Record<string, string | undefined>>;

export interface BrokenSetUp {
  readonly title: string;
  readonly changes: Changes;
  readonly args?: readonly string[];
  readonly clockOffsetMs?: number;
  /** What the first line says. */
  readonly says: RegExp;
}

const setUp = (title: string, changes: Changes, says: RegExp, more: Partial<BrokenSetUp> = {}): BrokenSetUp => ({
  title,
  changes,
  says,
  ...more,
});

const stranger = newPair();
const OFFLINE = { args: ['--offline'] };

/** Set-ups that differ from a right one against the local wallet by one mistake. */
export const BROKEN_SETTINGS: readonly BrokenSetUp[] = [
  setUp(
    'no host',
    { VODAPAY_BASE_URL: undefined },
    /^Problem: Neither VODAPAY_ENVIRONMENT nor VODAPAY_BASE_URL is set/,
  ),
  setUp('two hosts', { VODAPAY_ENVIRONMENT: 'sandbox' }, /VODAPAY_ENVIRONMENT and VODAPAY_BASE_URL are both set/),
  setUp(
    'an environment that is none',
    { VODAPAY_BASE_URL: undefined, VODAPAY_ENVIRONMENT: 'staging' },
    /VODAPAY_ENVIRONMENT must be one of the following values: sandbox, production/,
  ),
  setUp('plain http', { VODAPAY_BASE_URL: 'http://vodapay.example' }, /VODAPAY_BASE_URL must be an https origin/),
  setUp('a path', { VODAPAY_BASE_URL: 'https://127.0.0.1:1/v2' }, /VODAPAY_BASE_URL must be an origin only: no path/),
  setUp('no client id', { VODAPAY_CLIENT_ID: undefined }, /VODAPAY_CLIENT_ID is not set/),
  setUp(
    'a client id with a blank',
    { VODAPAY_CLIENT_ID: '2021 1' },
    /VODAPAY_CLIENT_ID must be 1 to 32 printable ASCII/,
  ),
  setUp(
    "somebody else's client id",
    { VODAPAY_CLIENT_ID: '9999' },
    /does not know the client id of VODAPAY_CLIENT_ID \(F INVALID_CLIENT\)/,
  ),
  setUp(
    'no private key',
    { VODAPAY_PRIVATE_KEY: undefined },
    /VODAPAY_PRIVATE_KEY is not set, nor is VODAPAY_PRIVATE_KEY_FILE/,
  ),
  setUp(
    'a private key twice',
    { VODAPAY_PRIVATE_KEY_FILE: 'x.pem' },
    /VODAPAY_PRIVATE_KEY and VODAPAY_PRIVATE_KEY_FILE are both set/,
  ),
  setUp(
    'a private key in a file that is not there',
    { VODAPAY_PRIVATE_KEY: undefined, VODAPAY_PRIVATE_KEY_FILE: 'nowhere.pem' },
    /VODAPAY_PRIVATE_KEY_FILE names a file that cannot be read \(ENOENT\): nowhere\.pem/,
  ),
  setUp(
    'a public key for the private one',
    { VODAPAY_PRIVATE_KEY: MERCHANT.publicKey },
    /VODAPAY_PRIVATE_KEY holds a public key/,
  ),
  setUp(
    'both keys swapped',
    { VODAPAY_PRIVATE_KEY: stranger.publicKey, VODAPAY_PUBLIC_KEY: MERCHANT.privateKey },
    /VODAPAY_PRIVATE_KEY and VODAPAY_PUBLIC_KEY are swapped/,
  ),
  setUp(
    'an elliptic key',
    { VODAPAY_PRIVATE_KEY: ELLIPTIC.privateKey },
    /VODAPAY_PRIVATE_KEY must be an RSA private key.*a key of type ec came/,
  ),
  setUp('a small key', { VODAPAY_PRIVATE_KEY: SMALL.privateKey }, /VODAPAY_PRIVATE_KEY .*an RSA key of 1024 bits came/),
  setUp(
    'an encrypted key',
    { VODAPAY_PRIVATE_KEY: ENCRYPTED.privateKey },
    /VODAPAY_PRIVATE_KEY .*an encrypted private key came/,
  ),
  setUp(
    'a key cut short',
    { VODAPAY_PRIVATE_KEY: MERCHANT.privateKey.slice(0, 800) },
    /VODAPAY_PRIVATE_KEY .*a PEM text without a whole block came/,
  ),
  setUp(
    'a key that is not registered',
    { VODAPAY_PRIVATE_KEY: stranger.privateKey },
    /the public half of VODAPAY_PRIVATE_KEY is not what is registered/,
  ),
  setUp(
    'a key version that is not registered',
    { VODAPAY_KEY_VERSION: '7' },
    /no key registered under the version that VODAPAY_KEY_VERSION names/,
  ),
  setUp(
    'a key version that is none',
    { VODAPAY_KEY_VERSION: 'v1' },
    /VODAPAY_KEY_VERSION must be a whole number from 1/,
  ),
  setUp(
    'no public key',
    { VODAPAY_PUBLIC_KEY: undefined },
    /VODAPAY_PUBLIC_KEY is not set, nor is VODAPAY_PUBLIC_KEY_FILE/,
  ),
  setUp(
    "the own public key as VodaPay's",
    { VODAPAY_PUBLIC_KEY: MERCHANT.publicKey },
    /VODAPAY_PUBLIC_KEY holds your own public key/,
  ),
  setUp(
    'a private key for the public one',
    { VODAPAY_PUBLIC_KEY: stranger.privateKey },
    /VODAPAY_PUBLIC_KEY holds a private key/,
  ),
  setUp(
    'no key at all for the public one',
    { VODAPAY_PUBLIC_KEY: 'see wiki' },
    /VODAPAY_PUBLIC_KEY .*neither PEM nor the base64 of a key came/,
  ),
  setUp(
    "another environment's public key",
    { VODAPAY_PUBLIC_KEY: stranger.publicKey },
    /signature does not verify with VODAPAY_PUBLIC_KEY/,
  ),
  setUp(
    "a version that VodaPay's key is not of",
    { VODAPAY_PUBLIC_KEY_VERSION: '2' },
    /signed with key version 1; configured: 2/,
  ),
  setUp(
    'a policy that is none',
    { VODAPAY_RESPONSE_SIGNATURE: 'yes' },
    /VODAPAY_RESPONSE_SIGNATURE must be one of the following values/,
  ),
  setUp(
    'no signatures wanted in production',
    { VODAPAY_BASE_URL: undefined, VODAPAY_ENVIRONMENT: 'production', VODAPAY_RESPONSE_SIGNATURE: 'off' },
    /VODAPAY_RESPONSE_SIGNATURE must not be "off" against the production host/,
    OFFLINE,
  ),
  setUp(
    'a deadline that is no number',
    { VODAPAY_TIMEOUT_MS: '5s' },
    /VODAPAY_TIMEOUT_MS must be an integer from 100 to 120000/,
  ),
  setUp(
    'a sealing key too short',
    { VODAPAY_SEALING_KEYS: 'k1:c2hvcnQ=' },
    /VODAPAY_SEALING_KEYS is wrong: key 1 has 5 bytes; it needs 32/,
  ),
  setUp(
    'nothing that listens',
    { VODAPAY_BASE_URL: 'https://127.0.0.1:9' },
    /Nothing listens at 127\.0\.0\.1:9: the connection is refused/,
  ),
  setUp(
    'a host that is not there',
    { VODAPAY_BASE_URL: 'https://vodapay.invalid' },
    /(host name of vodapay\.invalid:443 is unknown to DNS|name server does not answer for vodapay\.invalid)/,
  ),
  setUp(
    'a proxy that is not there',
    { VODAPAY_BASE_URL: 'https://vodapay.invalid', HTTPS_PROXY: 'http://proxy.invalid:3128' },
    /vodapay\.invalid:443 can't be reached through the proxy of HTTPS_PROXY/,
  ),
  setUp('a clock ten minutes fast', {}, /This machine's clock is (599|600|601) s ahead of the wallet's/, {
    clockOffsetMs: 600_000,
  }),
  setUp('a clock an hour slow', {}, /This machine's clock is (3599|3600|3601) s behind the wallet's/, {
    clockOffsetMs: -3_600_000,
  }),
  setUp(
    'a database of no known kind',
    { DATABASE_URL: 'oracle://host/db' },
    /DATABASE_URL has a scheme that is none of/,
  ),
  setUp(
    'a database file that is not there',
    { DATABASE_URL: 'sqlite:nowhere.sqlite' },
    /DATABASE_URL names a SQLite file that is not there: nowhere\.sqlite/,
  ),
  setUp(
    'a database that is away',
    { DATABASE_URL: 'postgres://user:word@127.0.0.1:9/shop' },
    /The database of DATABASE_URL cannot be reached \(ECONNREFUSED\)/,
  ),
];
