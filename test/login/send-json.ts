import { request as send } from 'node:http';
import { text } from 'node:stream/consumers';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface JsonRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly body?: unknown;
  readonly bearer?: string;
}

/** Sends a request on a connection of its own: a thousand at once then meet no connection that just idles out. */
export async function sendJson(url: string, { method, body, bearer }: JsonRequest): Promise<Answer> {
  const headers = {
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
  };
  return new Promise((resolve, reject) => {
    const sent = send(url, { method, headers, agent: false }, (response) => {
      text(response)
        .then((answer) => ({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: answer === '' ? {} : (JSON.parse(answer) as Answer['body']),
        }))
        .then(resolve, reject);
    });
    sent.once('error', reject);
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}
