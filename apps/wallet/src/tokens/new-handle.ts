import { randomBytes } from 'node:crypto';

export type HandleKind = 'authCode' | 'accessToken' | 'refreshToken';

const PREFIXES: Readonly<Record<HandleKind, string>> = Object.freeze({
  authCode: '0000000001',
  accessToken: '0000000002',
  refreshToken: '0000000003',
});

const NAMES: Readonly<Record<HandleKind, string>> = Object.freeze({
  authCode: 'an auth code',
  accessToken: 'an access token',
  refreshToken: 'a refresh token',
});

/** A fresh code or token: 40 characters, 120 random bits. */
export function newHandle(kind: HandleKind): string {
  return `${PREFIXES[kind]}${randomBytes(15).toString('hex').toUpperCase()}`;
}

/** What else than `expected` the handle looks like, to say so in a refusal. */
export function looksLikeOther(handle: string, expected: HandleKind): string | undefined {
  const kind = (Object.keys(PREFIXES) as HandleKind[]).find((candidate) => handle.startsWith(PREFIXES[candidate]));
  return kind === undefined || kind === expected ? undefined : NAMES[kind];
}
