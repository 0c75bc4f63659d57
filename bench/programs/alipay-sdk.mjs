// alipay-sdk: the signed protocol next door. One signed call, its answer verified, one read of the database.
import { generateKeyPairSync } from 'node:crypto';
import { AlipaySdk } from 'alipay-sdk';
import { peerApplication } from './peer-application.mjs';
import { peerLinks } from './peer-links.mjs';

const { walletUrl, walletKey, databaseUrl } = JSON.parse(process.argv[2]);
const { app, pool, answer, listen } = peerApplication(databaseUrl);
const links = await peerLinks(pool, 'alipay');
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const alipay = new AlipaySdk({
  appId: '2021000000000000',
  keyType: 'PKCS8',
  privateKey: privateKey.export({ format: 'pem', type: 'pkcs8' }),
  alipayPublicKey: walletKey,
  gateway: `${walletUrl}/gateway.do`,
});

async function me(request) {
  const authToken = request.headers.authorization.slice('Bearer '.length);
  const { userId } = await alipay.exec('alipay.user.info.share', { authToken }, { validateSign: true });
  return { accountId: await links.accountOf(userId) };
}
app.get('/me', answer(me));
listen();
