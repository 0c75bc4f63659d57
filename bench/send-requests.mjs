import { Agent, request } from 'node:http';

const CONNECTIONS = 64;
const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });

/** Sends `count` requests over 64 kept connections. An answer other than 200 ends the run. */
export async function sendRequests(url, requestOf, count) {
  let next = 0;
  const worker = async () => {
    while (next < count) await ask(url, requestOf((next += 1)));
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, worker));
}

/** One request and its parsed answer. */
export function ask(url, { method = 'GET', route, headers, body }) {
  const text = body === undefined ? undefined : JSON.stringify(body);
  const sentHeaders =
    text === undefined
      ? headers
      : { ...headers, 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) };
  return new Promise((resolve, reject) => {
    const sent = request(url + route, { method, headers: sentHeaders, agent }, (response) => {
      let answer = '';
      response.setEncoding('utf8').on('data', (chunk) => (answer += chunk));
      response.on('end', () =>
        response.statusCode === 200
          ? resolve(JSON.parse(answer))
          : reject(new Error(`${route} answered ${response.statusCode}: ${answer}`)),
      );
    });
    sent.on('error', reject);
    sent.end(text);
  });
}
