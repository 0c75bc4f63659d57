/** Africa/Johannesburg, the wallet's own zone: UTC+2 all year. */
const DEFAULT_OFFSET_MINUTES = 120;

const MINUTE_MS = 60_000;

/** RFC 3339: a date, a time with up to nine fraction digits, and an offset that must be there; ISO 8601 lets its colon go. */
const WIRE_TIME =
  /^(\d{4})-(0[1-9]|1[0-2])-(\d{2})T([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(?:\.(\d{1,9}))?(?:Z|([+-])([01]\d|2[0-3]):?([0-5]\d))$/;

/**
 * Writes an instant as RFC 3339 with milliseconds and a true offset: the clock's figures are shifted by it, so that the
 * text names the same instant.
 *
 * @param offsetMinutes minutes east of UTC. Default 120, South Africa.
 */
export function formatWireTime(epochMs: number, offsetMinutes: number = DEFAULT_OFFSET_MINUTES): string {
  const shifted = new Date(epochMs + offsetMinutes * MINUTE_MS).toISOString().slice(0, -1);
  const distance = Math.abs(offsetMinutes);
  const sign = offsetMinutes < 0 ? '-' : '+';
  return `${shifted}${sign}${twoDigits(Math.floor(distance / 60))}:${twoDigits(distance % 60)}`;
}

/** The instant in epoch milliseconds (finer digits are cut), or `undefined` when the text names none. */
export function parseWireTime(text: string): number | undefined {
  const match = WIRE_TIME.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second, fraction = '', sign, offsetHours = '0', offsetMinutes = '0'] = match;
  const date = new Date(0);
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  // 30 February rolls over; a date that exists reads back as it was written.
  if (date.getUTCDate() !== Number(day)) return undefined;
  const ms = Number(fraction.slice(0, 3).padEnd(3, '0'));
  const localMs = date.setUTCHours(Number(hour), Number(minute), Number(second), ms);
  const offsetMs = (Number(offsetHours) * 60 + Number(offsetMinutes)) * MINUTE_MS;
  return sign === '-' ? localMs + offsetMs : localMs - offsetMs;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
