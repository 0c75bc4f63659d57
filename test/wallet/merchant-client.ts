import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';

export const CLIENT_ID = '2021072700000000000001';
export const APPLY_TOKEN = '/v2/authorizations/applyToken';
export const INQUIRY = '/v2/customers/user/inquiryUserInfo';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

/** The merchant's pair of this test file. */
export const MERCHANT = {
  privateKey,
  publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
} as const;

/** Everything a merchant can do wrong: what is sent, and what is signed where that differs. */
export interface Mistakes {
  readonly method?: string;
  readonly sentPath?: string;
  readonly sentBody?: string;
  readonly signedText?: (right: { path: string; time: string; body: string }) => string;
  readonly time?: string;
  readonly hash?: string;
  readonly key?: KeyObject;
  readonly encode?: (signature: Buffer) => string;
  readonly signatureHeader?: (value: string) => string;
  /** undefined takes a header away. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal;
}

export interface WalletAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** The body as it came, after content-decoding. */
  readonly bytes: Buffer;
  readonly text: string;
  readonly json: Record<string, unknown> & {
    result: { resultCode: string; resultStatus: string; resultMessage: string };
  };
}

export async function send(
  url: string,
  path: string,
  value: unknown,
  nowMs: number = Date.now(),
  mistakes: Mistakes = {},
): Promise<WalletAnswer> {
  const body = JSON.stringify(value);
  const time = mistakes.time ?? wireTime(nowMs);
  const text = mistakes.signedText?.({ path, time, body }) ?? `POST ${path}\n${CLIENT_ID}.${time}.${body}`;
  const signature = sign(mistakes.hash ?? 'sha256', Buffer.from(text), mistakes.key ?? MERCHANT.privateKey);
  const encoded = mistakes.encode?.(signature) ?? signature.toString('base64');
  const headers = Object.entries({
    'content-type': 'application/json',
    'client-id': CLIENT_ID,
    'request-time': time,
    signature: mistakes.signatureHeader?.(encoded) ?? `algorithm=RSA256, keyVersion=1, signature=${encoded}`,
    ...mistakes.headers,
  }).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const method = mistakes.method ?? 'POST';
  const response = await fetch(url + (mistakes.sentPath ?? path), {
    method,
    headers,
    redirect: 'manual',
    ...(method !== 'GET' && { body: mistakes.sentBody ?? body }),
    ...(mistakes.signal !== undefined && { signal: mistakes.signal }),
  });
  const bytes = Buffer.from(await response.arrayBuffer());
  const answer = bytes.toString('utf8');
  return { status: response.status, headers: response.headers, bytes, text: answer, json: parse(answer) };
}

export function applyToken(url: string, authCode: string, mistakes?: Mistakes): Promise<WalletAnswer> {
  return send(url, APPLY_TOKEN, { grantType: 'AUTHORIZATION_CODE', authCode }, Date.now(), mistakes);
}

export function refresh(url: string, refreshToken: unknown): Promise<WalletAnswer> {
  return send(url, APPLY_TOKEN, { grantType: 'REFRESH_TOKEN', refreshToken });
}

export function inquire(url: string, accessToken: unknown, mistakes?: Mistakes): Promise<WalletAnswer> {
  return send(url, INQUIRY, { authClientId: CLIENT_ID, accessToken }, Date.now(), mistakes);
}

/** RFC 3339 with milliseconds, South African time. */
export function wireTime(epochMs: number): string {
  return new Date(epochMs + 7_200_000).toISOString().replace('Z', '+02:00');
}

function parse(text: string): WalletAnswer['json'] {
  try {
    return JSON.parse(text) as WalletAnswer['json'];
  } catch {
    return { result: { resultCode: '', resultStatus: '', resultMessage: '' } };
  }
}
