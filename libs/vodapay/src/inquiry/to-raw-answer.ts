import { VodaPayError } from '../errors/vodapay-error.js';
import type { RawAnswer } from '../protocol/raw-answer.js';
import { readHeader } from './read-header.js';

/** What an HttpService gives: the module's own gives bytes, an application's mock perhaps text and a plain object. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: unknown;
  readonly data: unknown;
}

/** Takes an answer of any HttpService as bytes. What is parsed already can't be verified any more and is refused. */
export function toRawAnswer({ status, headers, data }: HttpAnswer): RawAnswer {
  return {
    status,
    location: readHeader(headers, 'location'),
    clientId: readHeader(headers, 'client-id'),
    responseTime: readHeader(headers, 'response-time'),
    signature: readHeader(headers, 'signature'),
    body: toBytes(data),
  };
}

function toBytes(data: unknown): Buffer {
  if (Buffer.isBuffer(data)) return data;
  if (typeof data === 'string') return Buffer.from(data);
  if (ArrayBuffer.isView(data)) return Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  // A mock's ArrayBuffer may come from another realm, where instanceof says no.
  if (Object.prototype.toString.call(data) === '[object ArrayBuffer]') return Buffer.from(data as ArrayBuffer);
  if (data === undefined || data === null) return Buffer.alloc(0);
  throw new VodaPayError('VODAPAY_RESPONSE_MALFORMED', {
    message:
      'HttpService gave a parsed answer. Its signature covers the bytes: give a Buffer, an ArrayBuffer or the text.',
  });
}
