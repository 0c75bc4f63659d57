import type { IncomingMessage } from 'node:http';
import { VodaPayError } from '../errors/vodapay-error.js';
import { AnswerBytes } from './answer-bytes.js';
import { decodeContent } from './decode-content.js';

/** Reads an answer's whole body as bytes, unpacked, and stops as soon as it is larger than `maxBytes`. */
export function readBody(message: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const encoding = message.headers['content-encoding'];
  const bytes = collect(message, maxBytes);
  return encoding === undefined ? bytes : bytes.then((packed) => decodeContent(packed, encoding, maxBytes));
}

function collect(message: IncomingMessage, maxBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const bytes = new AnswerBytes(maxBytes);
    const refuse = (refusal: VodaPayError): void => {
      reject(refusal);
      message.destroy();
    };
    const cut = (): void => reject(new VodaPayError('VODAPAY_RESPONSE_INCOMPLETE'));
    message.on('error', cut);
    message.once('close', cut);
    const announced = bytes.refusalOf(message.headers['content-length']);
    if (announced !== undefined) return refuse(announced);
    message.on('data', (chunk: Buffer) => {
      const refusal = bytes.add(chunk);
      if (refusal !== undefined) refuse(refusal);
    });
    // Node ends a stream only after the whole body; a cut one has an error or just closes. The close after the end must
    // not make an error that nobody reads: its stack costs more than the whole reading.
    message.once('end', () => {
      message.off('close', cut);
      resolve(bytes.joined());
    });
  });
}
