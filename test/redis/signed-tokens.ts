import { HttpService } from '@nestjs/axios';
import { createHttpClient } from '../../libs/vodapay/src/inquiry/create-http-client.js';
import { VodaPayInquiryService } from '../../libs/vodapay/src/inquiry/vodapay-inquiry.service.js';
import { resolveOptions } from '../../libs/vodapay/src/resolve-options.js';
import { MemoryAccounts } from '../linking/memory-accounts.js';
import { recordSecret } from '../leaks/record-secret.js';
import type { MerchantSettings } from './merchant-process.js';

/** A fresh access token, got with the merchant's keys past its processes. */
export async function signedTokens(settings: MerchantSettings, authCode: string): Promise<string> {
  const { databaseUrl: _database, redis: _redis, ...wallet } = settings;
  const options = resolveOptions({ ...wallet, accounts: new MemoryAccounts() });
  const inquiry = new VodaPayInquiryService(new HttpService(createHttpClient(options)), options, Date.now);
  const { accessToken } = await inquiry.applyToken(authCode);
  inquiry.onModuleDestroy();
  return recordSecret('access token', accessToken);
}
