import { generateKeyPairSync } from 'node:crypto';
import { Controller, Get, UseGuards } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import { Test } from '@nestjs/testing';
import { TypeOrmModule } from '@nestjs/typeorm';
import {
  VODAPAY_ENTITIES,
  VODAPAY_MIGRATIONS,
  VodaPayInquiryService,
  VodaPayModule,
  VodaPayUser,
} from 'nestjs-vodapay';
import type { VodaPayPrincipal } from 'nestjs-vodapay';
import { expect, it, onTestFinished } from 'vitest';
import { startWallet } from '../../apps/wallet/src/start-wallet.js';
import { openDatabase } from '../databases/open-database.js';
import { recordSecret } from '../leaks/record-secret.js';
import { MemoryAccounts } from '../linking/memory-accounts.js';
import { sendJson } from '../login/send-json.js';

const CLIENT_ID = '2021072700000000000001';
const USER = '216610000000000000001';

@Controller()
class MeController {
  @UseGuards(AuthGuard('vodapay'))
  @Get('me')
  me(@VodaPayUser() user: VodaPayPrincipal) {
    return user;
  }
}

it("passport's own AuthGuard('vodapay') signs in through the strategy, and keeps its reason", async () => {
  const merchant = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const wallet = await startWallet({ clientId: CLIENT_ID, merchantPublicKey: merchant.publicKey });
  onTestFinished(() => wallet.stop());
  const tables = { entities: [...VODAPAY_ENTITIES], migrations: [...VODAPAY_MIGRATIONS] };
  const { dataSource, close } = await openDatabase('sqlite', tables);
  onTestFinished(close);
  const testing = await Test.createTestingModule({
    imports: [
      TypeOrmModule.forRootAsync({ useFactory: () => dataSource.options, dataSourceFactory: async () => dataSource }),
      VodaPayModule.forRoot({
        baseUrl: wallet.url,
        clientId: CLIENT_ID,
        privateKey: merchant.privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
        vodapayPublicKey: wallet.publicKey,
        accounts: new MemoryAccounts(),
        credentials: { accessToken: true },
      }),
    ],
    controllers: [MeController],
  }).compile();
  const app = testing.createNestApplication();
  await app.listen(0, '127.0.0.1');
  onTestFinished(() => app.close());
  const url = `${await app.getUrl()}/me`;
  const inquiry = app.get(VodaPayInquiryService, { strict: false });
  const { accessToken } = await inquiry.applyToken(wallet.issueCode({ userId: USER }));

  const signedIn = await sendJson(url, { method: 'GET', bearer: recordSecret('access token', accessToken) });
  wallet.revoke(USER);
  const refused = await sendJson(url, { method: 'GET', bearer: accessToken });

  expect([signedIn.status, signedIn.body['userId'], signedIn.body['outcome']]).toEqual([200, USER, 'created']);
  expect([refused.status, refused.body['code']]).toEqual([401, 'VODAPAY_ACCESS_TOKEN_INVALID']);
});
