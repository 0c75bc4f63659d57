import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { HttpService } from '@nestjs/axios';
import { Logger } from '@nestjs/common';
import { PrivateKeySigner, Signer, type VodaPayModuleOptions } from 'nestjs-vodapay';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHttpClient } from '../../libs/vodapay/src/inquiry/create-http-client.js';
import { VodaPayInquiryService } from '../../libs/vodapay/src/inquiry/vodapay-inquiry.service.js';
import { WalletKeyRing } from '../../libs/vodapay/src/inquiry/wallet-key-ring.js';
import { VodaPayError } from '../../libs/vodapay/src/errors/vodapay-error.js';
import { resolveOptions } from '../../libs/vodapay/src/resolve-options.js';
import { captureLogs } from '../inquiry/captured-logs.js';
import { recordSecret } from '../leaks/record-secret.js';
import { RotatingWallet } from './rotating-wallet.js';

Logger.overrideLogger(false);

const ACCESS_TOKEN = recordSecret('access token', '0000000002ROTATINGACCESSTOKEN00000000001');
const SEALING_KEYS = recordSecret('sealing key', `k1:${Buffer.alloc(32, 9).toString('base64')}`);

const newPair = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
const publicPem = (key: KeyObject): string => key.export({ format: 'pem', type: 'spki' }).toString();
const privatePem = (key: KeyObject): string =>
  recordSecret('private key', key.export({ format: 'pem', type: 'pkcs8' }).toString());

const merchant = [newPair(), newPair()] as const;
const vodapay = [newPair(), newPair()] as const;
const PUBLIC = [publicPem(vodapay[0].publicKey), publicPem(vodapay[1].publicKey)] as const;

let wallet: RotatingWallet;
let baseUrl: string;

beforeEach(async () => {
  wallet = new RotatingWallet({ version: 1, key: vodapay[0].privateKey });
  wallet.merchantKeys.set(1, merchant[0].publicKey);
  baseUrl = await wallet.listen();
});
afterEach(() => wallet.close());

const resolve = (options: Partial<VodaPayModuleOptions>) =>
  resolveOptions({
    baseUrl,
    clientId: '2021072700000000000001',
    accounts: { create: () => Promise.resolve({ id: '1' }), find: () => Promise.resolve(undefined) },
    ...options,
  });

function inquiryWith(options: Partial<VodaPayModuleOptions>): VodaPayInquiryService {
  const resolved = resolve(options);
  return new VodaPayInquiryService(new HttpService(createHttpClient(resolved)), resolved, Date.now);
}

/** How many requests a key changes under; `npm run test:rotation` takes more. */
const REQUESTS = Number(process.env['ROTATION_REQUESTS'] ?? 2_000);

/** Sends `count` inquiries, 25 at a time, calling back when half of them are through. Rejects with the first refusal. */
async function run(inquiry: VodaPayInquiryService, count: number, atHalf: () => void): Promise<void> {
  let sent = 0;
  const worker = async (): Promise<void> => {
    while (sent < count) {
      sent += 1;
      if (sent === count / 2) atHalf();
      await inquiry.inquiryUserInfo(ACCESS_TOKEN);
    }
  };
  await Promise.all(Array.from({ length: 25 }, worker));
}

const switchWalletKey = (): void => void (wallet.signingKey = { version: 2, key: vodapay[1].privateKey });

describe(`Keys that change during ${REQUESTS} requests refuse none of them`, { timeout: 300_000 }, () => {
  it("VodaPay's, both configured", async () => {
    const inquiry = inquiryWith({
      privateKey: privatePem(merchant[0].privateKey),
      vodapayPublicKeys: { 1: PUBLIC[0], 2: PUBLIC[1] },
    });
    await run(inquiry, REQUESTS, switchWalletKey);
    expect(wallet.calls).toBe(REQUESTS);
  });

  it("VodaPay's, the new one from the source, which is asked once, and nothing is sent twice", async () => {
    let asked = 0;
    const keys = async () => {
      asked += 1;
      return { 1: PUBLIC[0], 2: PUBLIC[1] };
    };
    const inquiry = inquiryWith({
      privateKey: privatePem(merchant[0].privateKey),
      vodapayPublicKey: PUBLIC[0],
      keys,
    });
    await run(inquiry, REQUESTS, switchWalletKey);
    expect([asked, wallet.calls]).toEqual([1, REQUESTS]);
  });

  it("the merchant's, swapped at run time", async () => {
    const signer = new PrivateKeySigner({ privateKey: privatePem(merchant[0].privateKey) });
    const inquiry = inquiryWith({ signer, vodapayPublicKey: PUBLIC[0], session: { sealingKeys: SEALING_KEYS } });
    wallet.merchantKeys.set(2, merchant[1].publicKey);
    await run(inquiry, REQUESTS, () => signer.use({ privateKey: privatePem(merchant[1].privateKey), keyVersion: 2 }));
    expect(wallet.calls).toBe(REQUESTS);
    wallet.merchantKeys.delete(1);
    await expect(inquiry.inquiryUserInfo(ACCESS_TOKEN)).resolves.toBeDefined();
  });
});

describe('The source of keys', () => {
  const unknown = new VodaPayError('VODAPAY_RESPONSE_KEY_UNKNOWN');
  function ringWith(keys: () => Promise<Record<number, string>>, more: Partial<VodaPayModuleOptions> = {}) {
    const clock = { now: 1_000 };
    const privateKey = privatePem(merchant[0].privateKey);
    const resolved = resolve({ privateKey, vodapayPublicKey: PUBLIC[0], keys, ...more });
    return { clock, ring: new WalletKeyRing(resolved, () => clock.now) };
  }

  it('may be the only one: the first answer asks it', async () => {
    const inquiry = inquiryWith({
      privateKey: privatePem(merchant[0].privateKey),
      keys: () => Promise.resolve({ 1: PUBLIC[0] }),
    });
    await expect(inquiry.inquiryUserInfo(ACCESS_TOKEN)).resolves.toBeDefined();
  });

  it('is asked at most once a minute, and one asking serves all', async () => {
    let asked = 0;
    const { ring, clock } = ringWith(async () => {
      asked += 1;
      return { 1: PUBLIC[0] };
    });
    expect(await Promise.all([1, 2, 3].map(() => ring.learns(unknown, ring.keys)))).toEqual([false, false, false]);
    clock.now += 59_999;
    await ring.learns(unknown, ring.keys);
    expect(asked).toBe(1);
    clock.now += 1;
    await ring.learns(unknown, ring.keys);
    expect(asked).toBe(2);
  });

  it('is not asked for any other failure', async () => {
    const { ring } = ringWith(() => Promise.reject(new Error('never')));
    expect(await ring.learns(new VodaPayError('VODAPAY_RESPONSE_SIGNATURE_INVALID'), ring.keys)).toBe(false);
  });

  it('replaces what it told before; the configured keys stay', async () => {
    const told: Record<number, string>[] = [{ 2: PUBLIC[1] }, { 3: PUBLIC[1] }];
    const { ring, clock } = ringWith(async () => told.shift() ?? {});
    const before = ring.keys;
    expect(await ring.learns(unknown, before)).toBe(true);
    expect(new Set(ring.keys.keys())).toEqual(new Set([1, 2]));
    clock.now += 60_000;
    expect(await ring.learns(unknown, ring.keys)).toBe(true);
    expect(new Set(ring.keys.keys())).toEqual(new Set([1, 3]));
  });

  it.each<[string, () => Promise<unknown>]>([
    ['fails', () => Promise.reject(new TypeError('quotes a key: SECRETKEYTEXT'))],
    ['tells no ring', () => Promise.resolve('SECRETKEYTEXT')],
    ['tells no key', () => Promise.resolve({ 2: 'SECRETKEYTEXT' })],
    ['tells an impossible version', () => Promise.resolve({ '-1': PUBLIC[1] })],
    ["tells the merchant's own key", () => Promise.resolve({ 2: publicPem(merchant[0].publicKey) })],
  ])('that %s changes nothing, is reported, and quoted by nobody', async (_title, keys) => {
    const logs = captureLogs();
    const { ring } = ringWith(keys as () => Promise<Record<number, string>>);
    expect(await ring.learns(unknown, ring.keys)).toBe(false);
    logs.release();
    expect([...ring.keys.keys()]).toEqual([1]);
    expect(logs.lines.join()).toMatch(/error The option keys gave no new keys/);
    expect(logs.lines.join()).not.toContain('SECRETKEYTEXT');
  });

  it('that hangs is not waited for until the deadline, so that the circuit knows the wallet has answered', async () => {
    const inquiry = inquiryWith({
      privateKey: privatePem(merchant[0].privateKey),
      keys: () => new Promise(() => undefined),
      timeoutMs: 500,
      resilience: { circuitMinimumCalls: 1 },
    });
    await expect(inquiry.inquiryUserInfo(ACCESS_TOKEN)).rejects.toMatchObject({ code: 'VODAPAY_RESPONSE_KEY_UNKNOWN' });
    expect(inquiry.circuit('inquiryUserInfo').state).toBe('closed');
  });

  it('leaves an answer under a version that nobody knows refused', async () => {
    const inquiry = inquiryWith({
      privateKey: privatePem(merchant[0].privateKey),
      keys: () => Promise.resolve({ 1: PUBLIC[0] }),
    });
    switchWalletKey();
    await expect(inquiry.inquiryUserInfo(ACCESS_TOKEN)).rejects.toMatchObject({ code: 'VODAPAY_RESPONSE_KEY_UNKNOWN' });
  });
});

describe('A signer of the application', () => {
  it('that fails sends nothing, and is 503', async () => {
    class Away extends Signer {
      override sign(): Promise<never> {
        return Promise.reject(new Error('HSM is away'));
      }
    }
    const inquiry = inquiryWith({
      signer: new Away(),
      vodapayPublicKey: PUBLIC[0],
      session: { sealingKeys: SEALING_KEYS },
    });
    const failed = { code: 'VODAPAY_KEY_SERVICE_UNAVAILABLE', status: 503, neverSent: true };
    await expect(inquiry.inquiryUserInfo(ACCESS_TOKEN)).rejects.toMatchObject(failed);
    expect(wallet.calls).toBe(0);
  });

  it('keeps the former key when it is given none that signs', () => {
    const signer = new PrivateKeySigner({ privateKey: privatePem(merchant[0].privateKey) });
    expect(() => signer.use({ privateKey: PUBLIC[0] })).toThrow(/privateKey.*public/);
    expect(() => signer.use({ privateKey: privatePem(merchant[1].privateKey), keyVersion: 0 })).toThrow(/keyVersion/);
  });

  it.each<[string, Partial<VodaPayModuleOptions>, RegExp]>([
    [
      'beside a private key',
      { privateKey: 'x', signer: new PrivateKeySigner({ privateKey: privatePem(merchant[0].privateKey) }) },
      /privateKey or signer .*both/,
    ],
    ['that cannot sign', { signer: {} as Signer }, /option signer must be a Signer/],
    [
      'without sealing keys',
      { signer: new PrivateKeySigner({ privateKey: privatePem(merchant[0].privateKey) }) },
      /session\.sealingKeys must be given with a signer/,
    ],
    [
      'and a key version',
      { keyVersion: 2, signer: new PrivateKeySigner({ privateKey: privatePem(merchant[0].privateKey) }) },
      /option keyVersion goes with privateKey/,
    ],
  ])('stops start-up %s', (_title, options, expected) => {
    expect(() => resolve({ vodapayPublicKey: PUBLIC[0], ...options })).toThrow(expected);
  });

  it.each<[string, Partial<VodaPayModuleOptions>, RegExp]>([
    ['no key at all', {}, /vodapayPublicKey or vodapayPublicKeys .*neither/],
    ['a key and a ring', { vodapayPublicKey: PUBLIC[0], vodapayPublicKeys: { 1: PUBLIC[0] } }, /both/],
    [
      'a ring without versions',
      { vodapayPublicKeys: { one: PUBLIC[0] } as Record<number, string> },
      /option vodapayPublicKeys .*integers from 1/,
    ],
    ['a ring that is a list', { vodapayPublicKeys: [PUBLIC[0]] }, /option vodapayPublicKeys/],
    [
      'a source that is no function',
      { keys: 'https://keys' as unknown as () => Promise<Record<number, string>> },
      /option keys must be a function/,
    ],
    [
      'a former private key that is none',
      { vodapayPublicKey: PUBLIC[0], session: { previousPrivateKeys: [PUBLIC[0]] } },
      /session\.previousPrivateKeys\[0\]/,
    ],
    [
      'a secret box that cannot open',
      { vodapayPublicKey: PUBLIC[0], session: { secretBox: { seal: () => undefined } as never } },
      /session\.secretBox .*open/,
    ],
  ])('and so does %s of VodaPay', (_title, options, expected) => {
    expect(() => resolve({ privateKey: privatePem(merchant[0].privateKey), ...options })).toThrow(expected);
  });
});
