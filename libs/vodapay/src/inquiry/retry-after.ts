/** The longest wait a wallet may ask for in an error we pass on. Our own waits are clamped further. */
const MAX_RETRY_AFTER_MS = 60_000;

/** `Retry-After` (seconds or an HTTP date) in milliseconds from `now`, 0-60 000; `undefined` when it can't be read. */
export function parseRetryAfter(value: string | undefined, now: number): number | undefined {
  if (value === undefined) return undefined;
  const ms = /^\s*\d{1,9}\s*$/.test(value) ? Number(value) * 1_000 : parseHttpDate(value) - now;
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), MAX_RETRY_AFTER_MS);
}

/** Only the form that HTTP prescribes (RFC 9110 §5.6.7): Date.parse alone would take `-5` for a year. */
function parseHttpDate(value: string): number {
  return /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(value.trim())
    ? Date.parse(value)
    : NaN;
}
