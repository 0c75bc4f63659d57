import type { KeyObject } from 'node:crypto';
import { contentToSign } from '../protocol/content-to-sign.js';
import { signContent } from '../protocol/sign-content.js';
import { formatSignatureHeader } from '../protocol/signature-header.js';
import { formatWireTime } from '../protocol/wire-time.js';
import type { AnswerDraft } from './answer-draft.js';

export interface SealedAnswer {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Serialises and signs an answer. `now`: the application's clock, epoch milliseconds. */
export async function sealAnswer(draft: AnswerDraft, path: string, key: KeyObject, now: number): Promise<SealedAnswer> {
  const body = typeof draft.body === 'string' ? draft.body : JSON.stringify(draft.body);
  if (draft.signed === 'nothing') return { headers: draft.headers, body: Buffer.from(body) };
  const { clientId, keyVersion } = draft;
  const time = formatWireTime(now + draft.clockOffsetMs);
  const signedBody = draft.signed === 'the answer' ? body : `${body} `;
  const signature = await signContent(contentToSign({ path, clientId, time, body: signedBody }), key);
  return {
    headers: {
      ...draft.headers,
      'client-id': clientId,
      'response-time': time,
      signature: formatSignatureHeader({ keyVersion, signature: signature.toString('base64') }),
    },
    body: Buffer.from(body),
  };
}
