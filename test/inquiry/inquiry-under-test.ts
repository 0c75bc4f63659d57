import { createSecretKey, randomBytes } from 'node:crypto';
import { HttpService } from '@nestjs/axios';
import { Logger } from '@nestjs/common';
import { createHttpClient } from '../../libs/vodapay/src/inquiry/create-http-client.js';
import { VodaPayInquiryService } from '../../libs/vodapay/src/inquiry/vodapay-inquiry.service.js';
import { PrivateKeySigner } from '../../libs/vodapay/src/protocol/private-key-signer.js';
import { DEFAULTS, type ResolvedVodaPayOptions } from '../../libs/vodapay/src/vodapay.options.js';
import { merchantKeys, walletKeys } from './scripted-wallet.js';

// The lines are still recorded for the scan of the whole suite; they only need not be shown.
Logger.overrideLogger(false);

const MERCHANT_PEM = merchantKeys.privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();

export const CLIENT_ID = '2021072700000000000001';
export const ACCESS_TOKEN = '0000000002SECRETACCESSTOKEN0000000000001';
export const AUTH_CODE = '0000000001SECRETAUTHCODE0000000000000001';
export const REFRESH_TOKEN = '0000000003SECRETREFRESHTOKEN000000000001';

export function resolvedOptions(overrides: Partial<ResolvedVodaPayOptions> = {}): ResolvedVodaPayOptions {
  return {
    ...DEFAULTS,
    baseUrl: 'http://127.0.0.1:9',
    clientId: CLIENT_ID,
    namespace: `test:${CLIENT_ID}`,
    signer: new PrivateKeySigner({ privateKey: MERCHANT_PEM }),
    vodapayPublicKeys: new Map([[1, walletKeys.publicKey]]),
    accounts: { create: unused, find: unused },
    linking: { ...DEFAULTS.linking, merchantName: 'test' },
    correlationKey: createSecretKey(randomBytes(32)),
    session: { ...DEFAULTS.session, sealingKeys: new Map() },
    ...overrides,
  };
}

/** The service as the module wires it. */
export function inquiryOver(
  overrides: Partial<ResolvedVodaPayOptions> = {},
  now: () => number = Date.now,
  http?: HttpService,
): VodaPayInquiryService {
  const options = resolvedOptions(overrides);
  return new VodaPayInquiryService(http ?? new HttpService(createHttpClient(options)), options, now);
}

function unused(): never {
  throw new Error('An inquiry asks no account.');
}
