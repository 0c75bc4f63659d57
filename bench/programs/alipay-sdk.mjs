// alipay-sdk: the signed protocol next door. One signed call, its answer verified, one read of the database.
import { alipayOfWallet } from './alipay-of-wallet.mjs';
import { peerApplication } from './peer-application.mjs';
import { peerLinks } from './peer-links.mjs';

const { databaseUrl, ...wallet } = JSON.parse(process.argv[2]);
const { app, pool, answer, listen } = peerApplication(databaseUrl);
const links = await peerLinks(pool, 'alipay');
const userOf = alipayOfWallet(wallet);

async function me(request) {
  const { userId } = await userOf(request);
  return { accountId: await links.accountOf(userId) };
}
app.get('/me', answer(me));
listen();
