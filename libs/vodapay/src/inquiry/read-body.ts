import type { IncomingMessage } from 'node:http';
import { VodaPayError } from '../errors.js';
import { decodeContent } from './decode-content.js';

/** Reads an answer's whole body as bytes, unpacked, and stops as soon as it is larger than `maxBytes`. */
export function readBody(message: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const encoding = message.headers['content-encoding'];
  const bytes = collect(message, maxBytes);
  return encoding === undefined ? bytes : bytes.then((packed) => decodeContent(packed, encoding, maxBytes));
}

function collect(message: IncomingMessage, maxBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const refuse = (): void => {
      reject(
        new VodaPayError('VODAPAY_RESPONSE_TOO_LARGE', {
          message: `The answer is larger than the ${maxBytes} bytes allowed (maxResponseBytes).`,
        }),
      );
      message.destroy();
    };
    const cut = (): void => reject(new VodaPayError('VODAPAY_RESPONSE_INCOMPLETE'));
    message.on('error', cut);
    message.once('close', cut);
    if (Number(message.headers['content-length']) > maxBytes) return refuse();
    message.on('data', (chunk: Buffer) => {
      size += chunk.byteLength;
      if (size > maxBytes) refuse();
      else chunks.push(chunk);
    });
    // Node ends a stream only after the whole body; a cut one has an error or just closes. The close after the end must
    // not make an error that nobody reads: its stack costs more than the whole reading.
    message.once('end', () => {
      message.off('close', cut);
      resolve(onlyChunkOf(chunks) ?? Buffer.concat(chunks, size));
    });
  });
}

function onlyChunkOf(chunks: readonly Buffer[]): Buffer | undefined {
  return chunks.length === 1 ? chunks[0] : undefined;
}
