import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readEnvironment } from '../../apps/sample/src/environment.js';
import { explainFailedStart } from '../../apps/sample/src/explain-failed-start.js';

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
    });

    expect(vodaPayTuning).toEqual({
      baseUrl: 'http://127.0.0.1:4000',
      keyVersion: 2,
      vodapayPublicKeyVersion: 3,
      timeoutMs: 700,
      responseSignature: 'required',
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
    ['PORT', { PORT: '70000' }],
    ['DATABASE_URL', { DATABASE_URL: 'mysql://host/shop' }],
    ['VODAPAY_KEY_VERSION', { VODAPAY_KEY_VERSION: '0' }],
    ['VODAPAY_TIMEOUT_MS', { VODAPAY_TIMEOUT_MS: '5' }],
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
    const refused = new TypeError('VodaPayModule: option session.sealingKeys must have 32 bytes.');

    expect(explainFailedStart(refused)).toMatch(/^VODAPAY_SEALING_KEYS: .*32 bytes/);
  });
});
