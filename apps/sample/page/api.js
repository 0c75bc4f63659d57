/** A refusal of the sample's API: `code` is stable, `next` says what to do. */
export class Refused extends Error {
  constructor({ statusCode, code, message, next, ticket, delivery }, retryAfterSeconds) {
    super(message);
    Object.assign(this, { statusCode, code, next, ticket, delivery, retryAfterSeconds });
  }
}

const UNREACHABLE = { statusCode: 0, code: 'UNREACHABLE', message: 'The shop does not answer.', next: 'retry' };

/** Calls the sample's API. Throws Refused for everything but success. */
export async function call(method, path, { token, body } = {}) {
  const answer = await fetch(path, {
    method,
    headers: {
      ...(token && { authorization: `Bearer ${token}` }),
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  }).catch(() => undefined);
  if (answer === undefined) throw new Refused(UNREACHABLE);
  const content = answer.status === 204 ? undefined : await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Refused(content, Number(answer.headers.get('retry-after')) || undefined);
  return content;
}
