import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { verdict } from './verdict.js';

const requestOf = (lines: readonly string[]): string =>
  ['POST /who HTTP/1.1', 'Host: merchant', 'Content-Length: 0', ...lines, '', ''].join('\r\n');

/** As it is written, which no client of HTTP would do. */
export const askRaw = (url: string, lines: readonly string[]): Promise<readonly unknown[]> =>
  sendRaw(url, requestOf([...lines, 'Connection: close']));

export const askPipelined = (url: string, requests: readonly string[]): Promise<readonly unknown[]> => {
  const last = requests.length - 1;
  return sendRaw(url, requests.map((line, n) => requestOf(n === last ? [line, 'Connection: close'] : [line])).join(''));
};

async function sendRaw(url: string, bytes: string): Promise<readonly unknown[]> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.write(bytes);
  const bodies = (await text(socket)).split('\r\n\r\n').slice(1);
  return bodies.map((body) => verdict(JSON.parse(body.slice(0, body.lastIndexOf('}') + 1))));
}
