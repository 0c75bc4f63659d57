import type { LiveSession } from './live-session.js';

/** `lastSeenAt` is stamped once in this time, so idleness is known no better. Milliseconds. */
export const SEEN_EVERY_MS = 60_000;

/** Whether the session still serves: neither past its absolute end nor idle for longer than `idleMs`, to the minute. */
export function isAlive(
  { expiresAt, lastSeenAt }: Pick<LiveSession, 'expiresAt' | 'lastSeenAt'>,
  idleMs: number,
  now: number,
): boolean {
  return now < expiresAt && now < lastSeenAt + idleMs + SEEN_EVERY_MS;
}
