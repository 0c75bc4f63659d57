import { sign, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';

const signAsync = promisify<string, Buffer, KeyObject, Buffer>(sign);

/** RSASSA-PKCS1-v1_5 with SHA-256, off the event loop. */
export function signContent(content: Buffer, privateKey: KeyObject): Promise<Buffer> {
  return signAsync('sha256', content, privateKey);
}
