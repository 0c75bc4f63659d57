import { verify } from 'node:crypto';
import type { WalletAnswer } from './merchant-client.js';

/** Whether the wallet's signature holds over the answer as it came. */
export function isSigned(answer: WalletAnswer, path: string, walletPublicKey: string): boolean {
  const signature = /^algorithm=RSA256, keyVersion=\d+, signature=([A-Za-z0-9+/]+=*)$/.exec(
    answer.headers.get('signature') ?? '',
  )?.[1];
  if (signature === undefined) return false;
  const text = `POST ${path}\n${answer.headers.get('client-id')}.${answer.headers.get('response-time')}.${answer.text}`;
  return verify('sha256', Buffer.from(text), walletPublicKey, Buffer.from(signature, 'base64'));
}
