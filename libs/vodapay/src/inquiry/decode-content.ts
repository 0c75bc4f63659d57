import { promisify } from 'node:util';
import zlib from 'node:zlib';
import { VodaPayError } from '../errors/vodapay-error.js';

type Decoder = (bytes: Buffer, options: { readonly maxOutputLength: number }) => Promise<Buffer>;

/** Undoes `Content-Encoding`: the wallet signs what is left after that. The result is never larger than `maxBytes`. */
export async function decodeContent(bytes: Buffer, encodings: string | undefined, maxBytes: number): Promise<Buffer> {
  if (encodings === undefined || bytes.byteLength === 0) return bytes;
  let content = bytes;
  for (const name of encodings.toLowerCase().split(',').toReversed()) {
    content = await decodeOne(content, name.trim(), maxBytes);
  }
  return content;
}

const inflate = promisify<Buffer, zlib.ZlibOptions, Buffer>(zlib.inflate);
const inflateRaw = promisify<Buffer, zlib.ZlibOptions, Buffer>(zlib.inflateRaw);
const gunzip: Decoder = promisify<Buffer, zlib.ZlibOptions, Buffer>(zlib.gunzip);

const DECODERS: ReadonlyMap<string, Decoder> = new Map<string, Decoder>([
  ['', (bytes) => Promise.resolve(bytes)],
  ['identity', (bytes) => Promise.resolve(bytes)],
  ['gzip', gunzip],
  ['x-gzip', gunzip],
  // Some servers send raw deflate under this name; the zlib wrapper shows in the first byte (RFC 1950, CM = 8).
  ['deflate', (bytes, options) => (((bytes[0] ?? 0) & 0x0f) === 8 ? inflate : inflateRaw)(bytes, options)],
  ['br', promisify<Buffer, zlib.BrotliOptions, Buffer>(zlib.brotliDecompress)],
]);

async function decodeOne(bytes: Buffer, name: string, maxBytes: number): Promise<Buffer> {
  const decoder = DECODERS.get(name);
  if (decoder === undefined) {
    throw new VodaPayError('VODAPAY_RESPONSE_MALFORMED', {
      message: 'The answer has a Content-Encoding other than gzip, deflate, br or identity.',
    });
  }
  try {
    return await decoder(bytes, { maxOutputLength: maxBytes });
  } catch (error) {
    throw decodingFailure(error, name, maxBytes);
  }
}

function decodingFailure(error: unknown, name: string, maxBytes: number): VodaPayError {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'ERR_BUFFER_TOO_LARGE':
      return new VodaPayError('VODAPAY_RESPONSE_TOO_LARGE', {
        message: `The answer unpacks to more than the ${maxBytes} bytes allowed (maxResponseBytes).`,
      });
    case 'Z_BUF_ERROR':
      return new VodaPayError('VODAPAY_RESPONSE_INCOMPLETE', {
        message: `The answer's ${name} stream ended before it was complete.`,
      });
    default:
      return new VodaPayError('VODAPAY_RESPONSE_MALFORMED', {
        message: `The answer is announced as ${name} but is not.`,
      });
  }
}
