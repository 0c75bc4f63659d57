import type { Refusal } from '../api/refusal.js';

/** 401 is the end of a session or a link ticket, unless it is about a one-time code or the age of the sign-in only. */
export function isEndOfSession({ statusCode, code }: Refusal): boolean {
  const isAboutCode = code.startsWith('VODAPAY_AUTH_CODE_') || code === 'VODAPAY_REAUTHENTICATION_REQUIRED';
  return statusCode === 401 && !isAboutCode;
}
