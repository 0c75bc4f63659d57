import { readFileSync } from 'node:fs';
import {
  contentToSign,
  encodeSignature,
  formatSignatureHeader,
  formatWireTime,
  judgeAnswer,
  OPERATIONS,
  parsePrivateKey,
  parsePublicKey,
  readTokens,
  readUserInfo,
  signContent,
  VodaPayError,
  type Operation,
  type SuccessfulAnswer,
} from 'nestjs-vodapay/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWallet, type RunningWallet } from '../../apps/wallet/src/start-wallet.js';
import { recordSecret } from '../leaks/record-secret.js';
import { readImports } from '../architecture/read-imports.js';
import { newKeys } from '../sample/keys.js';

const merchant = newKeys();
recordSecret('private key', merchant.privateKey);
let wallet: RunningWallet;
beforeAll(async () => {
  wallet = await startWallet({ merchantPublicKey: merchant.publicKey });
});
afterAll(() => wallet.stop());

describe('nestjs-vodapay/protocol, for those who sign by themselves', () => {
  it('makes requests that the wallet takes, and reads its answers', async () => {
    const authCode = wallet.issueCode({ userId: '216610000000000000001' });
    const tokens = readTokens(await call(OPERATIONS.applyToken, { grantType: 'AUTHORIZATION_CODE', authCode }));
    const { accessToken } = tokens;
    const user = readUserInfo(await call(OPERATIONS.inquiryUserInfo, { accessToken, authClientId: wallet.clientId }));
    expect(user.userId).toBe('216610000000000000001');
  });

  it('says by an error of the table what the wallet refuses, with the class of the main entry point', async () => {
    const refused = call(OPERATIONS.applyToken, { grantType: 'AUTHORIZATION_CODE', authCode: '0'.repeat(40) });
    await expect(refused).rejects.toThrow(VodaPayError);
    await expect(refused).rejects.toMatchObject({ code: 'VODAPAY_AUTH_CODE_INVALID', verified: true });
  });

  it('needs no package, so that it works without Nest', () => {
    const entry = new URL('../../libs/vodapay/src/protocol.ts', import.meta.url);
    expect(packagesBehind(entry)).toEqual(['node:crypto']);
  });
});

/** One signed call, as an application without the module makes it. */
async function call(operation: Operation, request: object): Promise<SuccessfulAnswer> {
  const [body, time, clientId] = [JSON.stringify(request), formatWireTime(Date.now()), wallet.clientId];
  const content = contentToSign({ path: operation.path, clientId, time, body });
  const signature = await signContent(content, parsePrivateKey(merchant.privateKey, 'MERCHANT_KEY'));
  const answer = await fetch(wallet.url + operation.path, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      'Client-Id': clientId,
      'Request-Time': time,
      Signature: formatSignatureHeader({ keyVersion: 1, signature: encodeSignature(signature, 'base64') }),
    },
    body,
  });
  const header = (name: string): string => answer.headers.get(name) ?? '';
  return judgeAnswer(
    operation,
    {
      status: answer.status,
      clientId: header('Client-Id'),
      responseTime: header('Response-Time'),
      signature: header('Signature'),
      body: Buffer.from(await answer.arrayBuffer()),
    },
    {
      responseSignature: 'required-on-success',
      clientId,
      publicKeys: new Map([[1, parsePublicKey(wallet.publicKey, 'WALLET_KEY')]]),
      responseTimeToleranceMs: 300_000,
      now: Date.now(),
    },
  );
}

/** The packages that loading this file loads in the end. */
function packagesBehind(entry: URL): readonly string[] {
  const [seen, packages] = [new Set<string>(), new Set<string>()];
  const visit = (file: URL): void => {
    if (seen.has(file.href)) return;
    seen.add(file.href);
    for (const { specifier, typeOnly } of readImports(file.pathname, readFileSync(file, 'utf8'))) {
      if (typeOnly) continue;
      if (specifier.startsWith('.')) visit(new URL(specifier.replace(/\.js$/, '.ts'), file));
      else packages.add(specifier);
    }
  };
  visit(entry);
  return [...packages].toSorted();
}
