import { Agent, request } from 'node:http';

const CONNECTIONS = 64;

/**
 * 64 connections that are kept until `destroy()`. They last one turn and no longer: one that idles while others have theirs
 * is closed by the server some time, perhaps just when it is to carry the next request.
 */
export function connections() {
  return new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
}

/** Sends `count` requests over all these connections. An answer other than 200 ends the run. */
export async function sendRequests(agent, url, requestOf, count) {
  let next = 0;
  const worker = async () => {
    while (next < count) await ask(agent, url, requestOf((next += 1)));
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, worker));
}

/** One request; the headers and the parsed body of its answer. */
export function ask(agent, url, { method = 'GET', route, headers, body }) {
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
          ? resolve({ headers: response.headers, body: JSON.parse(answer) })
          : reject(new Error(`${route} answered ${response.statusCode}: ${answer}`)),
      );
    });
    sent.on('error', reject);
    sent.end(text);
  });
}
