import type { Wallet } from './start-sample.js';
import type { SampleUnderTest } from './use-sample.js';

/** What a client sees of an answer. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

interface Sent {
  readonly token?: string;
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as it is, declared as JSON. */
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export async function send(
  url: string,
  method: string,
  path: string,
  { token, json, text, headers }: Sent = {},
): Promise<Answer> {
  const body = text ?? (json === undefined ? undefined : JSON.stringify(json));
  const answer = await fetch(`${url}${path}`, {
    method,
    headers: {
      ...headers,
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body }),
  });
  const received = await answer.text();
  const isJson = answer.headers.get('content-type')?.includes('json') ?? false;
  return { status: answer.status, headers: answer.headers, body: isJson ? JSON.parse(received) : received };
}

export interface LoginBody {
  readonly session: { readonly token: string; readonly expiresAt: number };
  readonly account: { readonly id: string; readonly displayName: string | null; readonly missing: readonly string[] };
  readonly outcome: string;
}

/** Fetches an auth code from the wallet's control port, as a developer does. */
export async function authCode(
  wallet: Wallet,
  userId: string,
  fault?: string,
  scopes?: readonly string[],
): Promise<string> {
  const { body, status } = await send(wallet.controlUrl, 'POST', '/codes', {
    json: { userId, ...(fault !== undefined && { fault }), ...(scopes !== undefined && { scopes }) },
  });
  if (status !== 200) throw new Error(`The wallet gave no code: ${JSON.stringify(body)}`);
  return (body as { readonly authCode: string }).authCode;
}

export async function login({ sample, wallet }: Readonly<SampleUnderTest>, userId: string): Promise<LoginBody> {
  const answer = await send(sample.url, 'POST', '/auth/vodapay/login', {
    json: { authCode: await authCode(wallet, userId) },
  });
  if (answer.status !== 200) throw new Error(`The login was refused: ${JSON.stringify(answer.body)}`);
  return answer.body as LoginBody;
}
