import { createSign } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesToVerify, contentToSign } from '../../libs/vodapay/src/protocol/content-to-sign.js';
import { isSameKey } from '../../libs/vodapay/src/protocol/is-same-key.js';
import { signContent } from '../../libs/vodapay/src/protocol/sign-content.js';
import { verifyContent } from '../../libs/vodapay/src/protocol/verify-content.js';
import { CLIENT_ID, RESPONSE_TIME, STRANGER, WALLET } from './signer.js';

const parts = { path: '/v2/customers/user/inquiryUserInfo', clientId: CLIENT_ID, time: RESPONSE_TIME };

describe('signing', () => {
  it('makes the signature that another signer makes of the same text', async () => {
    const content = contentToSign({ ...parts, body: '{"nickName":"Zoë"}' });
    const expected = createSign('RSA-SHA256').update(content, 'utf8').sign(WALLET.privateKey);
    expect(await signContent(content, WALLET.privateKey)).toEqual(expected);
  });

  it('verifies again over the bytes that travel, for any body of any characters', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (body) => {
        const signature = await signContent(contentToSign({ ...parts, body }), WALLET.privateKey);
        return verifyContent(bytesToVerify({ ...parts, body: Buffer.from(body) }), signature, WALLET.publicKey);
      }),
      { numRuns: 60 },
    );
  });

  it('does not verify with another key, or after any change of one byte', async () => {
    const body = Buffer.from('{"result":{"resultStatus":"S"}}');
    const content = bytesToVerify({ ...parts, body });
    const signature = await signContent(content.toString('utf8'), WALLET.privateKey);
    expect(verifyContent(content, signature, STRANGER.publicKey)).toBe(false);
    for (let at = 0; at < content.length; at += 1) {
      const changed = Buffer.from(content);
      changed[at]! ^= 0x20;
      expect(verifyContent(changed, signature, WALLET.publicKey)).toBe(false);
    }
  });

  it('keeps bodies apart that decode to the same text', () => {
    const broken = [Buffer.from([0xff]), Buffer.from([0xfe])] as const;
    expect(broken[0].toString('utf8')).toBe(broken[1].toString('utf8'));
    expect(bytesToVerify({ ...parts, body: broken[0] })).not.toEqual(bytesToVerify({ ...parts, body: broken[1] }));
  });
});

describe('the own public key given as VodaPay’s', () => {
  it('is recognised', () => {
    expect(isSameKey(WALLET.privateKey, WALLET.publicKey)).toBe(true);
    expect(isSameKey(WALLET.privateKey, STRANGER.publicKey)).toBe(false);
  });
});
