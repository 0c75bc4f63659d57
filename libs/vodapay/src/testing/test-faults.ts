import { RESULT_CODES } from '../protocol/result-codes.js';
import type { OperationName } from '../protocol/operations.js';
import type { AnswerDraft } from './answer-draft.js';
import { ANY_OPERATION, type TestFault } from './test-fault.js';

const TEN_MINUTES_MS = 600_000;
const HTML = '<!doctype html><title>Error</title>';

/** Answers that come from something in front of the wallet: without its headers, and not JSON. */
const gateway = (status: number, headers: Readonly<Record<string, string>> = {}): Partial<AnswerDraft> => ({
  status,
  headers: { 'content-type': 'text/html', ...headers },
  body: HTML,
  signed: 'nothing',
});

const lost = (changes: Partial<AnswerDraft>): TestFault => ({
  operations: ANY_OPERATION,
  carriesOut: true,
  spoil: () => changes,
});

const refused = (changes: Partial<AnswerDraft>): TestFault => ({ ...lost(changes), carriesOut: false });

const result = (resultStatus: 'F' | 'U', resultCode: string): Pick<AnswerDraft, 'body'> => ({
  body: { result: { resultStatus, resultCode, resultMessage: `${resultCode}, as the test asked.` } },
});

const userInfo = (changes: Readonly<Record<string, unknown>>): TestFault => ({
  operations: ['inquiryUserInfo'],
  carriesOut: true,
  spoil: ({ body }) => {
    const right = typeof body === 'string' ? {} : body;
    return { body: { ...right, userInfo: { ...(right['userInfo'] as object), ...changes } } };
  },
});

/** Faults by name. Every F code of VodaPay's is one too, by its own name: `faultNamed`. */
const TEST_FAULTS = Object.freeze({
  /** Nobody listens: 503 VODAPAY_UNREACHABLE. */
  outage: refused({ delivery: 'refused' }),
  /** The answer never comes: 504 VODAPAY_DEADLINE_EXCEEDED after `timeoutMs`. */
  timeout: lost({ delivery: 'lost' }),
  /** The answer ends in the middle. */
  cut: lost({ delivery: 'cut' }),
  /** HTTP 500 without a result. */
  'server-error': lost(gateway(500)),
  /** REQUEST_TRAFFIC_EXCEED_LIMIT, signed. */
  throttled: refused(result('U', 'REQUEST_TRAFFIC_EXCEED_LIMIT')),
  /** HTTP 429 with Retry-After: 2. */
  'throttled-by-gateway': refused(gateway(429, { 'retry-after': '2' })),
  /** UNKNOWN_EXCEPTION, signed: the wallet can't say whether it did the work. */
  U: lost(result('U', 'UNKNOWN_EXCEPTION')),
  /** An F code that no page of VodaPay's names, signed. */
  'unseen-code': refused(result('F', 'NEVER_SEEN_BEFORE')),
  'bad-signature': lost({ signed: 'another text' }),
  unsigned: lost({ signed: 'nothing' }),
  /** Response-Time ten minutes ago. */
  stale: lost({ clockOffsetMs: -TEN_MINUTES_MS }),
  'unknown-key': lost({ keyVersion: 99 }),
  'other-client': lost({ clientId: 'SOMEBODY-ELSE' }),
  /** HTTP 200 with a page for people. */
  html: lost(gateway(200)),
  redirect: refused(gateway(307, { location: '/moved' })),
  /** EXPIRED_ACCESS_TOKEN: a session refreshes once and asks again. */
  'expired-token': forCode('EXPIRED_ACCESS_TOKEN'),
  /** INVALID_ACCESS_TOKEN: the user has withdrawn the consent. */
  'withdrawn-token': forCode('INVALID_ACCESS_TOKEN'),
  'no-user-info': {
    operations: ['inquiryUserInfo'],
    carriesOut: true,
    spoil: () => ({ body: { result: { resultStatus: 'S', resultCode: 'SUCCESS' } } }),
  } satisfies TestFault,
  'no-user-id': userInfo({ userId: undefined }),
  frozen: userInfo({ status: 'FROZEN' }),
});

/** A fault's name: one of the table's, or an F code of VodaPay's such as `USED_CODE`. */
export type TestFaultName = keyof typeof TEST_FAULTS | Uppercase<string>;

/** Throws a TypeError that lists the names when there is no such fault. */
export function faultNamed(name: TestFaultName): TestFault {
  if (Object.hasOwn(TEST_FAULTS, name)) return TEST_FAULTS[name as keyof typeof TEST_FAULTS];
  return forCode(name);
}

/** The fault of an F code, on the calls for which VodaPay lists it. */
function forCode(code: string): TestFault {
  const operations = ANY_OPERATION.filter((operation) => isListed(code, operation));
  if (operations.length === 0) {
    throw new TypeError(
      `There is no fault "${code}". Faults are ${Object.keys(TEST_FAULTS).join(', ')}, and VodaPay's F codes ` +
        `(${[...new Set(Object.values(RESULT_CODES).flatMap(Object.keys))].join(', ')}).`,
    );
  }
  return { operations, carriesOut: false, spoil: () => result('F', code) };
}

function isListed(code: string, operation: OperationName): boolean {
  return Object.hasOwn(RESULT_CODES[operation], code);
}
