import type { Facts } from './facts.js';
import { fine, problem, warning, type Finding } from './finding.js';

/** What the wallet allows, as far as anybody knows: five minutes. */
const ALLOWED_S = 300;
const NOTICEABLE_S = 30;
/** The header Date is cut to the second. */
const HALF_A_SECOND_MS = 500;

/** This machine's clock against the header Date of the answer. */
export function checkClock({ probe }: Facts): readonly Finding[] {
  const date = probe?.answer?.date;
  if (probe === undefined || date === undefined) return [];
  const offsetS = Math.round(((probe.sentAt + probe.receivedAt) / 2 - (date + HALF_A_SECOND_MS)) / 1_000);
  const says = `This machine's clock is ${Math.abs(offsetS)} s ${offsetS > 0 ? 'ahead of' : 'behind'} the wallet's.`;
  if (Math.abs(offsetS) > ALLOWED_S) {
    return [problem(says, `Set the clock (NTP): beyond ${ALLOWED_S} s every request and every answer is refused.`)];
  }
  return Math.abs(offsetS) > NOTICEABLE_S ? [warning(says, 'Set the clock (NTP).')] : [fine('The clock is right.')];
}
