import { fork } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { HttpService } from '@nestjs/axios';
import { createHttpClient } from '../libs/vodapay/src/inquiry/create-http-client.js';
import { VodaPayInquiryService } from '../libs/vodapay/src/inquiry/vodapay-inquiry.service.js';
import { resolveOptions } from '../libs/vodapay/src/resolve-options.js';

const CLIENT_ID = '2021072700000000000001';
const USERS = 200;

interface WalletInquiry {
  /** One signed call, its answer verified and read. */
  readonly ask: () => Promise<unknown>;
  readonly stop: () => void;
}

/** The wallet's part of a login, against the wallet of the benchmark, which runs as a process of its own. */
export async function walletInquiry(): Promise<WalletInquiry> {
  const settings = JSON.stringify({ clientId: CLIENT_ID, users: USERS });
  const wallet = fork(fileURLToPath(new URL('programs/wallet.mjs', import.meta.url)), [settings]);
  const [{ walletUrl, walletKey }] = (await once(wallet, 'message')) as [{ walletUrl: string; walletKey: string }];
  const options = resolveOptions({
    baseUrl: walletUrl,
    clientId: CLIENT_ID,
    privateKey: generateKeyPairSync('rsa', { modulusLength: 2048 })
      .privateKey.export({ format: 'pem', type: 'pkcs8' })
      .toString(),
    vodapayPublicKey: walletKey,
    accounts: { create: () => Promise.resolve({ id: '1' }), find: () => Promise.resolve(undefined) },
    // The answers were signed when the run began.
    responseTimeToleranceMs: 3_600_000,
  });
  const inquiry = new VodaPayInquiryService(new HttpService(createHttpClient(options)), options, Date.now);
  let asked = 0;
  return {
    ask: () => inquiry.inquiryUserInfo(`0000000002BENCH${String((asked += 1) % USERS).padStart(25, '0')}`),
    stop: () => void wallet.kill(),
  };
}
