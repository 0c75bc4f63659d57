/** Africa/Johannesburg, the wallet's own zone: UTC+2 all year. */
const DEFAULT_OFFSET_MINUTES = 120;

const MINUTE_MS = 60_000;

/** RFC 3339: a date, a time with up to nine fraction digits, and an offset that must be there; ISO 8601 lets its colon go. */
const WIRE_TIME = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?(?:Z|([+-])([01]\d|2[0-3]):?([0-5]\d))$/;

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
  const [, local = '', fraction = '', sign, hours = '0', minutes = '0'] = match;
  const localMs = Date.parse(`${local}.${fraction.slice(0, 3).padEnd(3, '0')}Z`);
  // Date.parse rolls 30 February and 24:00 over; a date that exists reads back as it was written.
  if (Number.isNaN(localMs) || !new Date(localMs).toISOString().startsWith(local)) return undefined;
  const offsetMs = (Number(hours) * 60 + Number(minutes)) * MINUTE_MS;
  return sign === '-' ? localMs + offsetMs : localMs - offsetMs;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
