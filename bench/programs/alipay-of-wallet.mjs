import { generateKeyPairSync } from 'node:crypto';
import { AlipaySdk } from 'alipay-sdk';

/** The user of a request, by a signed call of alipay-sdk whose answer is verified. */
export function alipayOfWallet({ walletUrl, walletKey }) {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const alipay = new AlipaySdk({
    appId: '2021000000000000',
    keyType: 'PKCS8',
    privateKey: privateKey.export({ format: 'pem', type: 'pkcs8' }),
    alipayPublicKey: walletKey,
    gateway: `${walletUrl}/gateway.do`,
  });
  return (request) => {
    const authToken = request.headers.authorization.slice('Bearer '.length);
    return alipay.exec('alipay.user.info.share', { authToken }, { validateSign: true });
  };
}
