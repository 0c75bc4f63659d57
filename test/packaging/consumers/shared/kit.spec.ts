import { Test } from '@nestjs/testing';
import { signInAs, testWalletOf, VodaPayTestingModule } from 'nestjs-vodapay/testing';
import { Accounts, AppModule } from './app.js';

test('a user signs in, and is told when the wallet is away', async () => {
  const builder = Test.createTestingModule({ imports: [AppModule] });
  const testing = await VodaPayTestingModule.replaceIn(builder, { accounts: Accounts }).compile();
  const app = testing.createNestApplication({ logger: false });
  await app.listen(0, '127.0.0.1');
  const { headers } = await signInAs(app, '216610000000000000007');
  const me = await fetch(`${await app.getUrl()}/me`, { headers });
  expect(await me.json()).toMatchObject({ userId: '216610000000000000007', accountId: 'account-1' });
  testWalletOf(app).failNext('outage');
  await expect(signInAs(app)).rejects.toMatchObject({ code: 'VODAPAY_UNREACHABLE' });
  await app.close();
});
