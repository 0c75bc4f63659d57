import { VodaPayError } from '../errors/vodapay-error.js';
import { contentToSign } from '../protocol/content-to-sign.js';
import { encodeSignature } from '../protocol/encode-signature.js';
import type { Operation } from '../protocol/operations.js';
import { formatSignatureHeader } from '../protocol/signature-header.js';
import type { MadeSignature, Signer } from '../protocol/signer.js';
import { formatWireTime } from '../protocol/wire-time.js';
import type { ResolvedVodaPayOptions } from '../vodapay.options.js';

/** One attempt, ready to travel: these bytes are the signed ones. */
export interface SignedRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export type Sender = Pick<ResolvedVodaPayOptions, 'baseUrl' | 'clientId' | 'signer' | 'signatureEncoding'>;

/** Signs one attempt at the given time (epoch ms). Each attempt is signed anew: the wallet judges its Request-Time. */
export async function signRequest(
  operation: Operation,
  body: string,
  sender: Sender,
  epochMs: number,
): Promise<SignedRequest> {
  const { baseUrl, clientId, signer, signatureEncoding } = sender;
  const time = formatWireTime(epochMs);
  const { keyVersion, signature } = await signWith(
    signer,
    contentToSign({ path: operation.path, clientId, time, body }),
  );
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

async function signWith(signer: Signer, content: string): Promise<MadeSignature> {
  try {
    return await signer.sign(content);
  } catch (error) {
    if (error instanceof VodaPayError) throw error;
    throw new VodaPayError('VODAPAY_KEY_SERVICE_UNAVAILABLE', {
      message: "The application's signer failed, so nothing was sent to the wallet.",
      cause: error,
      neverSent: true,
    });
  }
}
