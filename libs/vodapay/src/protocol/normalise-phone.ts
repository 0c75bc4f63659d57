/** A number with its country code: `27-6XXXXXXXX` as VodaPay writes it, `27…` without the dash, or `+…`. */
const INTERNATIONAL = /^(?:\+|[1-9]\d{0,2}-|27(?=\d{9}$))/;

/** What somebody may write in a number besides digits. */
const PHONE = /^\+?[\d ()-]{5,32}$/;

const E164 = /^\+[1-9]\d{6,14}$/;

/**
 * A phone number as E.164 if its country code can be told, else as it was sent; `undefined` for what is no number, such
 * as a masked one.
 */
export function normalisePhone(sent: string): string | undefined {
  const text = sent.trim();
  if (!PHONE.test(text)) return undefined;
  const digits = text.replaceAll(/[ +-]/g, '');
  const international = INTERNATIONAL.test(text.replaceAll(' ', '')) ? `+${digits}` : undefined;
  return international !== undefined && E164.test(international) ? international : text;
}
