import type { IncomingMessage } from 'node:http';

/**
 * The whole body, or undefined when it is larger than `maxBytes`; the rest of a larger one is not kept. By events: an
 * iterator over the stream would cost as much as the rest of the reading. Rejects when the caller leaves before its end.
 */
export function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= maxBytes) chunks.push(chunk);
    });
    request.once('end', () => resolve(length <= maxBytes ? Buffer.concat(chunks) : undefined));
    request.once('error', reject);
  });
}
