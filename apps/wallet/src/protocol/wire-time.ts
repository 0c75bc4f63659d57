const WIRE_TIME = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3})(Z|([+-])(\d\d):(\d\d))$/;
const MINUTE_MS = 60_000;
const SOUTH_AFRICA_OFFSET_MS = 120 * MINUTE_MS;

/** Reads RFC 3339 with milliseconds and an offset, strictly. Epoch milliseconds, or undefined when it is anything else. */
export function parseWireTime(text: string): number | undefined {
  const [, local, zone, sign, hours, minutes] = WIRE_TIME.exec(text) ?? [];
  if (local === undefined || zone === undefined) return undefined;
  const localMs = Date.parse(`${local}Z`);
  // Date.parse rolls 30 February over to March, and hour 24 to the next day; the day of the month tells.
  if (Number.isNaN(localMs) || new Date(localMs).getUTCDate() !== Number(local.slice(8, 10))) return undefined;
  if (Number(hours ?? 0) > 23 || Number(minutes ?? 0) > 59) return undefined;
  const offsetMs = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * MINUTE_MS;
  return localMs - (sign === '-' ? -offsetMs : offsetMs);
}

/** An instant as the wallet writes it: whole seconds, South African time, e.g. `2031-10-09T16:27:39+02:00`. */
export function formatWireTime(epochMs: number): string {
  return `${new Date(epochMs + SOUTH_AFRICA_OFFSET_MS).toISOString().slice(0, 19)}+02:00`;
}
