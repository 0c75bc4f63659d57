import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CannotListen } from '../../apps/sample/src/cannot-listen.js';
import { readEnvironment } from '../../apps/sample/src/environment.js';
import { explainFailedStart } from '../../apps/sample/src/explain-failed-start.js';
import { unreadVariables } from '../../apps/sample/src/unread-variables.js';
import { resolveOptions } from '../../libs/vodapay/src/resolve-options.js';
import type { VodaPayModuleOptions } from '../../libs/vodapay/src/vodapay.options.js';
import { newKeys } from './keys.js';

const COMPLETE = {
  VODAPAY_BASE_URL: 'http://127.0.0.1:4000',
  VODAPAY_CLIENT_ID: 'CLIENT',
  VODAPAY_PRIVATE_KEY: 'the private key',
  VODAPAY_PUBLIC_KEY: 'the public key',
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sample-environment-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('the environment of the sample', () => {
  it('needs four variables and has defaults for the rest', () => {
    const environment = readEnvironment(COMPLETE);

    expect(environment).toMatchObject({ port: 3000, host: '127.0.0.1', databaseUrl: 'sqlite:.data/sample.sqlite' });
    expect(environment.vodaPayTuning).toEqual({ baseUrl: 'http://127.0.0.1:4000', session: {} });
  });

  it('hands on what is set, as numbers where they are numbers', () => {
    const { vodaPayTuning } = readEnvironment({
      ...COMPLETE,
      VODAPAY_KEY_VERSION: '2',
      VODAPAY_PUBLIC_KEY_VERSION: '3',
      VODAPAY_TIMEOUT_MS: '700',
      VODAPAY_REVALIDATE_AFTER_MS: '0',
      VODAPAY_SEALING_KEYS: 'k1:secret',
      VODAPAY_RESPONSE_SIGNATURE: 'required',
      REDIS_URL: 'rediss://:password@redis.test',
    });

    expect(vodaPayTuning).toEqual({
      baseUrl: 'http://127.0.0.1:4000',
      keyVersion: 2,
      vodapayPublicKeyVersion: 3,
      timeoutMs: 700,
      responseSignature: 'required',
      coordination: { redis: 'rediss://:password@redis.test' },
      session: { revalidateAfterMs: 0, sealingKeys: 'k1:secret' },
    });
  });

  it('takes a key from a file', () => {
    const path = join(folder, 'key.pem');
    writeFileSync(path, 'key in a file');

    const environment = readEnvironment({
      ...COMPLETE,
      VODAPAY_PRIVATE_KEY: '',
      VODAPAY_PRIVATE_KEY_FILE: path,
    });

    expect(environment.privateKey).toBe('key in a file');
  });

  it.each([
    ['VODAPAY_CLIENT_ID', { VODAPAY_CLIENT_ID: undefined }],
    ['VODAPAY_CLIENT_ID', { VODAPAY_CLIENT_ID: '' }],
    ['VODAPAY_PRIVATE_KEY', { VODAPAY_PRIVATE_KEY: undefined }],
    ['VODAPAY_PUBLIC_KEY', { VODAPAY_PUBLIC_KEY: undefined }],
    ['VODAPAY_PRIVATE_KEY_FILE', { VODAPAY_PRIVATE_KEY_FILE: 'both.pem' }],
    ['VODAPAY_PUBLIC_KEY_FILE', { VODAPAY_PUBLIC_KEY_FILE: 'both.pem' }],
    ['VODAPAY_PUBLIC_KEY_FILE', { VODAPAY_PUBLIC_KEY: undefined, VODAPAY_PUBLIC_KEY_FILE: '/no/such/file' }],
    ['VODAPAY_BASE_URL', { VODAPAY_BASE_URL: undefined }],
    ['VODAPAY_ENVIRONMENT', { VODAPAY_ENVIRONMENT: 'sandbox' }],
    ['VODAPAY_ENVIRONMENT', { VODAPAY_BASE_URL: undefined, VODAPAY_ENVIRONMENT: 'staging' }],
    ['PORT', { PORT: '30x' }],
    ['PORT', { PORT: '0x400' }],
    ['PORT', { PORT: ' ' }],
    ['PORT', { PORT: '70000' }],
    ['DATABASE_URL', { DATABASE_URL: 'mysql://host/shop' }],
    ['VODAPAY_KEY_VERSION', { VODAPAY_KEY_VERSION: '0' }],
    ['VODAPAY_TIMEOUT_MS', { VODAPAY_TIMEOUT_MS: '5' }],
    ['REDIS_URL', { REDIS_URL: 'http://redis.test' }],
    ['VODAPAY_REVALIDATE_AFTER_MS', { VODAPAY_REVALIDATE_AFTER_MS: '-1' }],
    ['VODAPAY_RESPONSE_SIGNATURE', { VODAPAY_RESPONSE_SIGNATURE: 'maybe' }],
    ['MINI_PROGRAM_EMBEDDED_BY', { MINI_PROGRAM_EMBEDDED_BY: 'everybody' }],
  ])('names %s when it is missing or wrong (%o)', (name, change) => {
    const read = (): unknown => readEnvironment({ ...COMPLETE, ...change });

    expect(read).toThrow(TypeError);
    expect(read).toThrow(name);
  });

  it('repeats no value in a complaint, because it may be a key or a password', () => {
    const wrong = { ...COMPLETE, DATABASE_URL: 'oracle://me:hunter2@host/db', PORT: 'hunter2' };

    for (const variables of [wrong, { ...wrong, PORT: '' }]) {
      expect(() => readEnvironment(variables)).not.toThrow('hunter2');
      expect(() => readEnvironment(variables)).toThrow();
    }
  });

  it('names the variable behind an option that the library refuses', () => {
    const refused = new TypeError('VodaPayModule: option timeoutMs must be smaller.');

    expect(explainFailedStart(refused, {})).toBe('VODAPAY_TIMEOUT_MS: must be smaller.');
  });

  it('names VODAPAY_SEALING_KEYS and how to make one when they are wrong', () => {
    expect(explainFailedStart(refusalOf({ session: { sealingKeys: 'k1:abc' } }), {})).toMatch(
      /^VODAPAY_SEALING_KEYS: key 1 has 2 bytes.*openssl rand -base64 32/,
    );
  });

  it('names the variable that was set when the key came from a file', () => {
    const variables = { VODAPAY_PRIVATE_KEY: '', VODAPAY_PRIVATE_KEY_FILE: 'key.pem' };
    const refused = refusalOf({ privateKey: 'no key' });

    expect(explainFailedStart(refused, variables)).toMatch(/^VODAPAY_PRIVATE_KEY_FILE: must be an RSA private key/);
    expect(explainFailedStart(refused, {})).toMatch(/^VODAPAY_PRIVATE_KEY: must be an RSA private key/);
  });

  it('shows where it looked for a key file, unless that might be the key itself', () => {
    const read = (file: string) => () =>
      readEnvironment({ ...COMPLETE, VODAPAY_PUBLIC_KEY: '', VODAPAY_PUBLIC_KEY_FILE: file });

    expect(read('no-such.pem')).toThrow(
      `VODAPAY_PUBLIC_KEY_FILE names a file that cannot be read (ENOENT): ${process.cwd()}`,
    );
    for (const key of ['-----BEGIN hunter2', 'hunter2\\n', 'hunter2'.repeat(40)]) {
      expect(read(key)).toThrow(/VODAPAY_PUBLIC_KEY_FILE must be the path of a file/);
      expect(read(key)).not.toThrow('hunter2');
    }
  });

  it('tells everything that is missing or wrong at once, one line a variable', () => {
    const wrong = { PORT: 'x', DATABASE_URL: 'oracle:x', VODAPAY_TIMEOUT_MS: 'x', VODAPAY_PUBLIC_KEY_FILE: '/no/such' };

    expect(() => readEnvironment(wrong)).toThrow(
      new TypeError(
        [
          'PORT must be an integer from 0 to 65535.',
          'VODAPAY_CLIENT_ID is missing: the client id that VodaPay gave to the mini program.',
          'VODAPAY_TIMEOUT_MS must be an integer from 100 to 120000.',
          'Set either VODAPAY_BASE_URL (an origin such as https://host) or VODAPAY_ENVIRONMENT (sandbox, production).',
          'DATABASE_URL must begin with sqlite:, postgres:// or mariadb://.',
          "VODAPAY_PRIVATE_KEY is missing: the merchant's RSA private key as PEM, or VODAPAY_PRIVATE_KEY_FILE with its path.",
          'VODAPAY_PUBLIC_KEY_FILE names a file that cannot be read (ENOENT): /no/such',
        ].join('\n'),
      ),
    );
  });

  it('makes no directory for a SQLite file but the default one', () => {
    const read = (url: string) => () => readEnvironment({ ...COMPLETE, DATABASE_URL: url });

    expect(read('sqlite:/nonexistent/x.sqlite')).toThrow('DATABASE_URL: the directory /nonexistent does not exist.');
    expect(existsSync('/nonexistent')).toBe(false);
    expect(read('sqlite:.data/other.sqlite')).not.toThrow();
    expect(read(`sqlite:${folder}/x.sqlite`)).not.toThrow();
  });

  it('warns of VODAPAY_ variables that nobody reads, and guesses what was meant', () => {
    const set = { ...COMPLETE, VODAPAY_TIMEOUT: '5', VODAPAY_CLIENTID: 'x', VODAPAY_COLOUR: 'red', VODAPAY_EMPTY: '' };

    expect(unreadVariables(set)).toEqual([
      'VODAPAY_TIMEOUT is not read; did you mean VODAPAY_TIMEOUT_MS?',
      'VODAPAY_CLIENTID is not read; did you mean VODAPAY_CLIENT_ID?',
      'VODAPAY_COLOUR is not read.',
    ]);
    expect(unreadVariables({ ...COMPLETE, PORT: '1', VODAPAY_ENVIRONMENT: 'sandbox' })).toEqual([]);
  });

  it.each([
    ['ENOTFOUND', 'HOST is no address, and no name that leads to one.'],
    ['EADDRINUSE', 'another program listens on PORT. Set a free one.'],
    ['EINVAL', 'PORT on HOST cannot be used (EINVAL).'],
  ])('blames HOST and PORT, not the database, when the server cannot listen (%s)', (code, sentence) => {
    expect(explainFailedStart(new CannotListen(Object.assign(new Error('x'), { code })), {})).toBe(sentence);
  });
});

/** What the library itself says of these options. */
function refusalOf(changes: Partial<VodaPayModuleOptions>): unknown {
  const accounts = { create: async () => ({ id: '1' }), find: async () => undefined };
  const [{ privateKey }, { publicKey: vodapayPublicKey }] = [newKeys(), newKeys()];
  try {
    return resolveOptions({
      environment: 'sandbox',
      clientId: 'CLIENT',
      privateKey,
      vodapayPublicKey,
      accounts,
      ...changes,
    });
  } catch (error) {
    return error;
  }
}
