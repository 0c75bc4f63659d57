const MAX_LENGTH = 64;

/** Blanks, control and invisible characters, halves of surrogate pairs (their UTF-8 bytes would all be the same). */
const UNUSABLE_CHARACTER = /[\p{Z}\p{Cc}\p{Cf}\p{Cs}]/u;

/** What careless code makes of a missing id. */
const NOBODY: ReadonlySet<string> = new Set(['null', 'undefined']);

/**
 * Whether the value can be a subject: a text of 1 to 64 characters without blanks or control characters, and not the
 * words `null` or `undefined`. Never a number: 21 digits do not survive one. Nothing is trimmed or folded; a text that
 * would need it is refused.
 */
export function isUsableUserId(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    value !== '' &&
    value.length <= MAX_LENGTH &&
    !UNUSABLE_CHARACTER.test(value) &&
    !NOBODY.has(value.toLowerCase())
  );
}
