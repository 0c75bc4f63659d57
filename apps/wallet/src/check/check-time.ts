import { parseWireTime } from '../protocol/wire-time.js';
import { refusal, type Refusal } from '../protocol/result.js';

const MINUTE_MS = 60_000;
const HALF_HOUR_MS = 30 * MINUTE_MS;
const LARGEST_OFFSET_MS = 14 * 60 * MINUTE_MS;

export function checkTime(sent: string | undefined, nowMs: number, skewMs: number): Refusal | undefined {
  if (sent === undefined || sent === '') return refusal('INVALID_SIGNATURE', 'The header Request-Time is missing.');
  const timeMs = parseWireTime(sent);
  if (timeMs === undefined) {
    return refusal(
      'INVALID_SIGNATURE',
      `Request-Time must be RFC 3339 with milliseconds and an offset, as 2021-02-22T17:49:26.913+02:00, came ${sent}.`,
    );
  }
  const aheadMs = timeMs - nowMs;
  if (Math.abs(aheadMs) <= skewMs) return undefined;
  // As if the time were UTC, less what it is: the offset that it names.
  const namedOffsetMs = Date.parse(`${sent.slice(0, '2021-02-22T17:49:26.913'.length)}Z`) - timeMs;
  return refusal('INVALID_SIGNATURE', explainSkew(aheadMs, namedOffsetMs, skewMs));
}

function explainSkew(aheadMs: number, namedOffsetMs: number, skewMs: number): string {
  const direction = aheadMs > 0 ? 'ahead of' : 'behind';
  const distanceMs = Math.abs(aheadMs);
  const offsetMs = Math.round(distanceMs / HALF_HOUR_MS) * HALF_HOUR_MS;
  if (offsetMs > 0 && offsetMs <= LARGEST_OFFSET_MS && Math.abs(distanceMs - offsetMs) <= skewMs) {
    return (
      `Request-Time: the time is ${describeHours(offsetMs)} off (${direction} this wallet's clock): ` +
      explainHours(aheadMs, namedOffsetMs, skewMs)
    );
  }
  return (
    `Request-Time is ${Math.round(distanceMs / 1000)} seconds ${direction} this wallet's clock; ` +
    `at most ${skewMs / 1000} are allowed. Make it anew for each attempt, and check the clock.`
  );
}

/** Whole or half hours are an offset's work; whose, the offset that was sent tells. */
function explainHours(aheadMs: number, namedOffsetMs: number, skewMs: number): string {
  if (namedOffsetMs === 0) {
    return 'a local time was sent as UTC, or the clock is wrong. Convert the time to UTC, or name the offset it has.';
  }
  // UTC under another offset is earlier than it was by just that offset.
  return Math.abs(aheadMs + namedOffsetMs) <= skewMs
    ? 'an offset was pasted on. Convert the time to the offset it names; do not replace the Z.'
    : 'the clock is wrong, or the time is not that of the offset it names. Check the clock and its time zone.';
}

function describeHours(offsetMs: number): string {
  const hours = offsetMs / (2 * HALF_HOUR_MS);
  if (hours === 2) return 'two hours';
  return hours === 1 ? 'one hour' : `${hours} hours`;
}
