import { contentToSign } from '../protocol/content-to-sign.js';
import { encodeSignature } from '../protocol/encode-signature.js';
import type { Operation } from '../protocol/operations.js';
import { signContent } from '../protocol/sign-content.js';
import { formatSignatureHeader } from '../protocol/signature-header.js';
import { formatWireTime } from '../protocol/wire-time.js';
import type { ResolvedVodaPayOptions } from '../vodapay.options.js';

/** One attempt, ready to travel: these bytes are the signed ones. */
export interface SignedRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export type Signer = Pick<
  ResolvedVodaPayOptions,
  'baseUrl' | 'clientId' | 'privateKey' | 'keyVersion' | 'signatureEncoding'
>;

/** Signs one attempt at the given time (epoch ms). Each attempt is signed anew: the wallet judges its Request-Time. */
export async function signRequest(
  operation: Operation,
  body: string,
  signer: Signer,
  epochMs: number,
): Promise<SignedRequest> {
  const { baseUrl, clientId, privateKey, keyVersion, signatureEncoding } = signer;
  const time = formatWireTime(epochMs);
  const signature = await signContent(contentToSign({ path: operation.path, clientId, time, body }), privateKey);
  const bytes = Buffer.from(body);
  return {
    url: baseUrl + operation.path,
    headers: {
      'Content-Type': 'application/json',
      'Content-Length': String(bytes.byteLength),
      Accept: 'application/json',
      // Answers are about 1 kB: unpacking them would cost more than it saves. A packed one is understood all the same.
      'Accept-Encoding': 'identity',
      'Client-Id': clientId,
      'Request-Time': time,
      Signature: formatSignatureHeader({ keyVersion, signature: encodeSignature(signature, signatureEncoding) }),
    },
    body: bytes,
  };
}
