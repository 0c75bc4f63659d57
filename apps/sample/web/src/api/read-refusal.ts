import type { Delivery, Refusal } from './refusal.js';

const NEXT: ReadonlySet<Refusal['next']> = new Set(['retry', 'new-auth-code', 'sign-in', 'none']);
const DELIVERIES: ReadonlySet<Delivery> = new Set(['email', 'phone', 'link-code', 'approval']);

/** Reads the body of an answer that is no success; a proxy's error page is a refusal too. */
export function readRefusal(statusCode: number, body: unknown, retryAfter: string | null): Refusal {
  const given = typeof body === 'object' && body !== null ? (body as Readonly<Record<string, unknown>>) : {};
  const { code, next, message, ticket, delivery } = given;
  const seconds = retryAfter === null ? Number.NaN : Number(retryAfter);
  return {
    statusCode,
    code: typeof code === 'string' ? code : 'NO_JSON',
    next: isOneOf(NEXT, next) ? next : statusCode >= 500 ? 'retry' : 'none',
    message: typeof message === 'string' ? message : '',
    ...(typeof ticket === 'string' && { ticket }),
    ...(isOneOf(DELIVERIES, delivery) && { delivery }),
    ...(Number.isFinite(seconds) && { retryAfterSeconds: seconds }),
  };
}

function isOneOf<T extends string>(known: ReadonlySet<T>, value: unknown): value is T {
  return (known as ReadonlySet<unknown>).has(value);
}
