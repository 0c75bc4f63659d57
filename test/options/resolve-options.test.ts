import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { resolveOptions } from '../../libs/vodapay/src/resolve-options.js';
import { DEFAULTS, type VodaPayModuleOptions } from '../../libs/vodapay/src/vodapay.options.js';

const merchant = generateKeyPairSync('rsa', { modulusLength: 2048 });
const vodapay = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = (key: KeyObject): string =>
  key.export({ format: 'pem', type: key.type === 'private' ? 'pkcs8' : 'spki' }).toString();

const GOOD: VodaPayModuleOptions = {
  baseUrl: 'https://wallet.example:8443',
  clientId: '2021072700000000000001',
  privateKey: pem(merchant.privateKey),
  vodapayPublicKey: pem(vodapay.publicKey),
  accounts: { create: () => Promise.resolve({ id: '1' }), find: () => Promise.resolve(undefined) },
};

/** Accounts that know candidates. */
const ASKABLE = { create: GOOD.accounts.create, find: GOOD.accounts.find, findCandidates: () => Promise.resolve([]) };

/** The options with some replaced by values that the types forbid. */
const withOptions = (changes: Readonly<Record<string, unknown>>) => ({ ...GOOD, ...changes }) as VodaPayModuleOptions;

describe('The options', () => {
  it('are completed with the defaults and frozen', () => {
    const resolved = resolveOptions(GOOD);
    expect(resolved).toMatchObject({
      signatureEncoding: DEFAULTS.signatureEncoding,
      responseSignature: DEFAULTS.responseSignature,
      responseTimeToleranceMs: DEFAULTS.responseTimeToleranceMs,
      timeoutMs: DEFAULTS.timeoutMs,
      maxAttempts: DEFAULTS.maxAttempts,
      maxResponseBytes: DEFAULTS.maxResponseBytes,
      http: { transport: 'node' },
      credentials: DEFAULTS.credentials,
      linking: DEFAULTS.linking,
      session: DEFAULTS.session,
    });
    expect([resolved, resolved.credentials, resolved.linking, resolved.session].every(Object.isFrozen)).toBe(true);
  });

  it('take a Redis as an address or as a client, and name the option for anything else, without its password', () => {
    for (const redis of ['redis://:secret@redis.test:6379', 'rediss://redis.test', { duplicate: () => undefined }]) {
      expect(resolveOptions({ ...GOOD, coordination: { redis } }).coordination).toEqual({ redis });
    }
    for (const coordination of [
      {},
      { redis: 'http://:secret@redis.test' },
      { redis: 'secret' },
      { redis: 5 },
      { redis: { duplicate: () => undefined, isCluster: true } },
      { url: '' },
    ]) {
      const wrong = () => resolveOptions(withOptions({ coordination }));
      expect(wrong).toThrow(/coordination\.(redis|url)/);
      expect(wrong).not.toThrow(/secret/);
    }
  });

  it('take a group of options that is null for one not given', () => {
    const groups = { tls: null, coordination: null, http: null, session: null, linking: null, resilience: null };
    const { tls, coordination, http } = resolveOptions(withOptions({ ...groups, credentials: null }));
    expect([tls, coordination, http]).toEqual([undefined, undefined, { transport: 'node' }]);
  });

  it('take an option given as undefined for one not given', () => {
    const resolved = resolveOptions(withOptions({ timeoutMs: undefined, session: { lifetimeMs: undefined } }));
    expect(resolved.timeoutMs).toBe(DEFAULTS.timeoutMs);
    expect(resolved.session.lifetimeMs).toBe(DEFAULTS.session.lifetimeMs);
  });

  it('keep a zero where zero has a meaning', () => {
    const { session } = resolveOptions(withOptions({ session: { revalidateAfterMs: 0, staleIfErrorMs: 0 } }));
    expect(session).toMatchObject({ revalidateAfterMs: 0, staleIfErrorMs: 0 });
  });

  it.each([
    ['an environment', { environment: 'sandbox', baseUrl: undefined }, 'sandbox:2021072700000000000001'],
    ['a host', {}, 'wallet.example:8443:2021072700000000000001'],
    [
      "an environment's host",
      { baseUrl: 'https://gateway.vodapay.vodacom.co.za' },
      'production:2021072700000000000001',
    ],
    ['an explicit namespace', { namespace: 'shop' }, 'shop'],
  ])('R1: name the identity namespace after %s', (_title, changes, namespace) => {
    expect(resolveOptions(withOptions(changes)).namespace).toBe(namespace);
  });

  it.each(['http://127.0.0.1:4000', 'http://localhost:4000', 'http://[::1]:4000', 'https://wallet.example/'])(
    'accept the base URL %s',
    (baseUrl) => {
      expect(resolveOptions(withOptions({ baseUrl })).baseUrl).toBe(new URL(baseUrl).origin);
    },
  );
});

describe('A wrong option stops start-up with a sentence that names it', () => {
  it.each<[string, Record<string, unknown>, RegExp]>([
    ['no host', { baseUrl: undefined }, /environment or baseUrl .*neither/],
    ['two hosts', { environment: 'sandbox' }, /environment or baseUrl .*both/],
    ['an unknown environment', { environment: 'staging', baseUrl: undefined }, /option environment must be one of/],
    ['plain http to another machine', { baseUrl: 'http://wallet.example' }, /option baseUrl .*loopback/],
    ['a loopback look-alike', { baseUrl: 'http://127.0.0.1.example.com' }, /option baseUrl .*loopback/],
    ['a path in the base URL', { baseUrl: 'https://wallet.example/v2' }, /option baseUrl .*origin only/],
    ['a user in the base URL', { baseUrl: 'https://user:pass@wallet.example' }, /option baseUrl .*origin only/],
    ['no base URL at all', { baseUrl: 'wallet' }, /option baseUrl/],
    ['no client id', { clientId: undefined }, /option clientId .*1 to 32/],
    ['a client id with a blank', { clientId: '2021 0727' }, /option clientId/],
    ['a numeric client id', { clientId: 20210727 }, /option clientId/],
    ['no private key', { privateKey: undefined }, /option privateKey/],
    ['a public key as private key', { privateKey: pem(vodapay.publicKey) }, /privateKey.*public/],
    ['a private key as VodaPay key', { vodapayPublicKey: pem(merchant.privateKey) }, /vodapayPublicKey.*private/],
    ["one's own public key", { vodapayPublicKey: pem(merchant.publicKey) }, /option vodapayPublicKey .*your own/],
    ['key version zero', { keyVersion: 0 }, /option keyVersion must be an integer from 1/],
    ['a textual key version', { keyVersion: '1' }, /option keyVersion must be an integer .*a text of 1 characters/],
    ['a timeout in seconds', { timeoutMs: 5 }, /option timeoutMs must be an integer from 100 to 120000; it is 5/],
    ['an infinite timeout', { timeoutMs: Infinity }, /option timeoutMs/],
    ['too many attempts', { maxAttempts: 11 }, /option maxAttempts/],
    ['an unknown transport', { http: { transport: 'fetch' } }, /option http\.transport must be one of/],
    ['a dispatcher, which could switch verification off', { http: { dispatcher: {} } }, /option http\.dispatcher/],
    ['a falsy signature policy', { responseSignature: false }, /option responseSignature must be one of/],
    [
      'no signatures in production',
      { environment: 'production', baseUrl: undefined, responseSignature: 'off' },
      /option responseSignature must not be "off" against the production host/,
    ],
    [
      'no signatures against the production URL',
      { baseUrl: 'https://gateway.vodapay.vodacom.co.za/', responseSignature: 'off' },
      /option responseSignature/,
    ],
    [
      'no signatures against production on another port',
      { baseUrl: 'https://gateway.vodapay.vodacom.co.za:8443', responseSignature: 'off' },
      /option responseSignature/,
    ],
    ['a host that ends in a dot', { baseUrl: 'https://wallet.example.' }, /option baseUrl .*dot/],
    ['no accounts', { accounts: undefined }, /option accounts must be an AccountDirectory/],
    ['accounts without find', { accounts: { create: () => undefined } }, /option accounts must be an AccountDirectory/],
    ['an empty namespace', { namespace: '' }, /option namespace/],
    ['a misspelt option', { clientID: 'x' }, /option clientID should not exist/],
    ['a misspelt session option', { session: { lifetime: 1 } }, /option session\.lifetime should not exist/],
    ['a textual switch', { credentials: { accessToken: 'true' } }, /option credentials\.accessToken/],
    ['an unknown policy', { linking: { policy: 'merge' } }, /option linking\.policy/],
    [
      'asking without a sender',
      { accounts: ASKABLE, linking: { policy: 'ask' } },
      /option linking\.proofSender must be/,
    ],
    [
      'asking without candidates',
      { linking: { policy: 'ask', proofSender: { send: () => Promise.resolve() } } },
      /option accounts must have the method findCandidates/,
    ],
    ['a sender that sends nothing', { linking: { proofSender: {} } }, /option linking\.proofSender must be/],
    ['a notifier that tells nobody', { linking: { notifier: {} } }, /option linking\.notifier must be/],
    ['a profile with nowhere to go', { linking: { profileSync: 'on-login' } }, /option accounts .*updateProfile/],
    ['an unknown profile sync', { linking: { profileSync: 'always' } }, /option linking\.profileSync/],
    ['a recent sign-in in seconds', { linking: { recentSignInMs: 300 } }, /option linking\.recentSignInMs .*1000 to/],
    ['events kept for an hour', { linking: { eventRetentionMs: 3_600_000 } }, /option linking\.eventRetentionMs/],
    ['an empty merchant name', { linking: { merchantName: '' } }, /option linking\.merchantName/],
    ['sealing keys of the wrong size', { session: { sealingKeys: 'k1:AAAA' } }, /session\.sealingKeys/],
  ])('%s', (_title, changes, expected) => {
    const start = () => resolveOptions(withOptions(changes));
    expect(start).toThrow(TypeError);
    expect(start).toThrow(expected);
  });

  it('R19: without the text of a key', () => {
    const broken = pem(merchant.privateKey).replace('BEGIN PRIVATE', 'BEGIN PUBLIC');
    try {
      resolveOptions(withOptions({ privateKey: broken }));
      expect.unreachable();
    } catch (error) {
      expect(String(error)).toContain('privateKey');
      expect(String(error)).not.toContain(broken.slice(40, 80));
    }
  });
});
