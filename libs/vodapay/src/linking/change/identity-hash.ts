import { createHmac, type KeyObject } from 'node:crypto';
import type { VodaPayIdentity } from '../vodapay-account-link.repository.js';

/** What stands for a VodaPay user where her id must not stand: HMAC-SHA256, 43 characters of base64url (R19). */
export function identityHash(key: KeyObject, { namespace, userId }: VodaPayIdentity): string {
  return createHmac('sha256', key)
    .update(JSON.stringify([namespace, userId]))
    .digest('base64url');
}
