import { sign, type KeyObject } from 'node:crypto';
import { withPkcs1Padding } from './with-pkcs1-padding.js';

/**
 * Signs the text (as UTF-8) with RSASSA-PKCS1-v1_5 and SHA-256. It runs in libuv's thread pool: an RSA-2048 signature
 * would hold the event loop for about 300 µs.
 */
export function signContent(content: string, key: KeyObject): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    sign('sha256', Buffer.from(content, 'utf8'), withPkcs1Padding(key), (error, signature) => {
      if (error === null) resolve(signature);
      else reject(error);
    });
  });
}
