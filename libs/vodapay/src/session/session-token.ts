import { hash } from 'node:crypto';

const PREFIX = 'vps_';

/** A new opaque session token of 256 random bits. */
export function newSessionToken(randomBytes: (size: number) => Buffer): string {
  return PREFIX + randomBytes(32).toString('base64url');
}

/** What is stored of a session token: SHA-256, 64 hex digits. Random input needs no salt and no slow hash. */
export function hashSessionToken(token: string): string {
  return hash('sha256', token, 'hex');
}

/** Whether a bearer claims to be a session token, well-formed or not: such a one never goes to the wallet. */
export function isSessionToken(bearer: string): boolean {
  return bearer.startsWith(PREFIX);
}
