// The wallet client alone (sign, call, verify, read), and in the same process the bare signature and a call by hand.
import { HttpService } from '@nestjs/axios';
import { Logger } from '@nestjs/common';
import { openHttpClient } from '../../libs/vodapay/dist/esm/inquiry/open-http-client.js';
import { VodaPayInquiryService } from '../../libs/vodapay/dist/esm/inquiry/vodapay-inquiry.service.js';
import { resolveOptions } from '../../libs/vodapay/dist/esm/resolve-options.js';
import { accessTokenOf } from '../users.mjs';
import { beMeasured } from './be-measured.mjs';
import { rsaSign } from './rsa-sign.mjs';
import { signedCall } from './signed-call.mjs';

Logger.overrideLogger(false);
const { clientId, walletUrl, walletKey, transport = 'node' } = JSON.parse(process.argv[2]);
const { privateKey, sign } = rsaSign();
const options = resolveOptions({
  baseUrl: walletUrl,
  clientId,
  privateKey: privateKey.export({ format: 'pem', type: 'pkcs8' }),
  vodapayPublicKey: walletKey,
  accounts: { create: async () => ({ id: '1' }), find: async () => undefined },
  http: { transport },
  timeoutMs: 60_000,
  responseTimeToleranceMs: 3_600_000,
});
const inquiry = new VodaPayInquiryService(new HttpService(await openHttpClient(options)), options, Date.now);
beMeasured(undefined, {
  sign,
  'signed-call': signedCall({ clientId, walletUrl, walletKey, privateKey }),
  client: (n) => inquiry.inquiryUserInfo(accessTokenOf(n)),
});
