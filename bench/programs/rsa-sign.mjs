import { generateKeyPairSync, sign } from 'node:crypto';
import { promisify } from 'node:util';

const signAsync = promisify(sign);
const CONTENT = Buffer.from('content to sign '.repeat(13));

/** The bound: one RSA-2048 signature off the event loop, with a key that was parsed once. */
export function rsaSign() {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { privateKey, sign: () => signAsync('sha256', CONTENT, privateKey) };
}
