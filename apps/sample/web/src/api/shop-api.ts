import type { Account, Detail, Links, Login, Me } from './answers.js';
import { readRefusal } from './read-refusal.js';
import { Refused } from './refused.js';

/** What the shop's server does for its mini program. Everything but a success is thrown as `Refused`. */
export interface ShopApi {
  login(authCode: string): Promise<Login>;
  confirm(ticket: string, code: string): Promise<Login>;
  decline(ticket: string): Promise<Login>;
  me(token: string): Promise<Me>;
  links(token: string): Promise<Links>;
  complete(token: string, details: Partial<Record<Detail, string>>): Promise<Account>;
  unlink(token: string): Promise<void>;
  logout(token: string): Promise<void>;
}

/** An answer that takes longer than the server's own deadline, and then some, will not come. */
const PATIENCE_MS = 20_000;

/** @param base the folder of the page, with a slash at its end */
export function shopApi(base: string, fetch: typeof globalThis.fetch = globalThis.fetch): ShopApi {
  const call = async (method: string, path: string, sent: { token?: string; body?: object } = {}): Promise<unknown> => {
    const answer = await fetch(`${base}${path}`, {
      method,
      headers: {
        ...(sent.token !== undefined && { authorization: `Bearer ${sent.token}` }),
        ...(sent.body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(sent.body !== undefined && { body: JSON.stringify(sent.body) }),
      signal: AbortSignal.timeout(PATIENCE_MS),
    }).catch(() => undefined);
    if (answer === undefined) throw new Refused({ statusCode: 0, code: 'UNREACHABLE', next: 'retry', message: '' });
    const body: unknown = answer.status === 204 ? undefined : await answer.json().catch(() => undefined);
    if (!answer.ok) throw new Refused(readRefusal(answer.status, body, answer.headers.get('retry-after')));
    return body;
  };
  return {
    login: async (authCode) => (await call('POST', 'auth/vodapay/login', { body: { authCode } })) as Login,
    confirm: async (ticket, code) => (await call('POST', 'auth/vodapay/confirm', { body: { ticket, code } })) as Login,
    decline: async (ticket) =>
      (await call('POST', 'auth/vodapay/confirm', { body: { ticket, decline: true } })) as Login,
    me: async (token) => (await call('GET', 'me', { token })) as Me,
    links: async (token) => (await call('GET', 'me/links', { token })) as Links,
    complete: async (token, details) => (await call('PATCH', 'me', { token, body: details })) as Account,
    unlink: async (token) => void (await call('DELETE', 'me/vodapay', { token })),
    logout: async (token) => void (await call('POST', 'auth/logout', { token })),
  };
}
