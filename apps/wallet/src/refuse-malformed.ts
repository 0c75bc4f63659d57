import { maxHeaderSize, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';

type Answer = readonly [status: number, message: string];

/** Node's code → what is answered; any other is told with the parser's own reason. */
const ANSWERS: Readonly<Record<string, Answer>> = Object.freeze({
  HPE_HEADER_OVERFLOW: [431, `The headers must have at most ${maxHeaderSize} bytes.`],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'The request did not end in time: is Content-Length larger than the body?'],
});

/** TLS begins with the byte of a handshake and the first of its version. */
const TLS_START = Buffer.from([22, 3]);

/** Answers what is no HTTP, so that no request comes of it. A socket that takes no answer any more is only closed. */
export function refuseMalformed(error: Error, socket: Duplex): void {
  // Whoever leaves before the answer makes an error of the socket, which is his own affair.
  socket.on('error', () => undefined);
  if (!socket.writable) return void socket.destroy();
  const [status, message] = answerTo(error);
  const body = `${message}\n`;
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Content-Type: text/plain; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
}

function answerTo(error: Error): Answer {
  const known = 'code' in error ? ANSWERS[String(error.code)] : undefined;
  return known ?? [400, explain(error)];
}

function explain(error: Error): string {
  const start = 'rawPacket' in error && Buffer.isBuffer(error.rawPacket) ? error.rawPacket.subarray(0, 2) : undefined;
  if (start?.equals(TLS_START)) return 'Plain HTTP was expected and TLS came: write http:// in the address.';
  const reason = 'reason' in error ? `: ${String(error.reason)}` : '';
  return `An HTTP/1.1 request was expected, and what came is none${reason}.`;
}
