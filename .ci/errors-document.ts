import type { VODAPAY_ERRORS } from '../libs/vodapay/src/errors/vodapay-errors.js';
import type { VodaPayErrorStage } from '../libs/vodapay/src/errors/vodapay-error-stage.js';
import type { RESULT_CODES } from '../libs/vodapay/src/protocol/result-codes.js';

type ErrorTable = typeof VODAPAY_ERRORS;
type ResultTable = typeof RESULT_CODES;

/** Stages in the order of a login; each says whose turn it is when such an error shows up. */
const STAGES: Readonly<Record<VodaPayErrorStage, string>> = {
  credentials: 'What the request brought. The client sends something else.',
  session: "The application's own session. The user signs in again.",
  wallet: "VodaPay's verdict, told in its result code.",
  answer: "VodaPay's answer can't be trusted or read, so nothing of it is used.",
  transport: 'The wallet was not reached, or not in time.',
  linking: 'Account and VodaPay user.',
  store: "The application's database or its AccountDirectory.",
};

/** `docs/errors.md` as text, from the one table of errors. */
export function errorsDocument(table: ErrorTable, resultCodes: ResultTable): string {
  const entries = Object.entries(table);
  const sections = Object.entries(STAGES).map(([stage, meaning]) => {
    const rows = entries
      .filter(([, error]) => error.stage === stage)
      .map(
        ([code, error]) =>
          `| \`${code}\` | ${error.status} | ${error.retryable ? 'yes' : 'no'} | \`${error.next}\` | ${error.message} |`,
      );
    return [
      `## ${stage}`,
      '',
      meaning,
      '',
      '| code | status | retryable | next | message |',
      '|---|---|---|---|---|',
      ...rows,
    ];
  });
  const parts = [...sections, resultCodesSection(resultCodes)];
  return `${[...INTRODUCTION, ...parts.flatMap((section) => ['', ...section])].join('\n')}\n`;
}

/** What each refusal of VodaPay's becomes, so that a code of theirs is found here too. */
function resultCodesSection(resultCodes: ResultTable): readonly string[] {
  const rows = Object.entries(resultCodes).flatMap(([operation, codes]) =>
    Object.entries(codes).map(([theirs, ours]) => `| \`${theirs}\` | \`${operation}\` | \`${ours}\` |`),
  );
  return [
    "## VodaPay's result codes",
    '',
    'What a result of status F becomes. A code that is not here is `VODAPAY_RESULT_UNKNOWN`; `REQUEST_TRAFFIC_EXCEED_LIMIT` is',
    '`VODAPAY_TRAFFIC_LIMITED` whatever its status, any other U `VODAPAY_UNKNOWN_EXCEPTION`.',
    '',
    '| VodaPay says | to | you get |',
    '|---|---|---|',
    ...rows,
  ];
}

const INTRODUCTION = [
  '# Errors',
  '',
  '<!-- Made from libs/vodapay/src/errors/ by `npm run docs`. A test holds the two together. -->',
  '',
  'Every refusal has the shape',
  '',
  '```json',
  '{ "statusCode": 401, "code": "VODAPAY_SESSION_INVALID", "message": "…", "next": "sign-in" }',
  '```',
  '',
  'Decide by `code`; it stays. `message` is for people and may change. `next` says what the client does:',
  '',
  '| next | what the client does |',
  '|---|---|',
  '| `retry` | sends the same request again, after `Retry-After` where the answer has one |',
  '| `new-auth-code` | asks the mini program for a new auth code (`my.getAuthCode`) and signs in with it |',
  '| `sign-in` | signs in: it has no session, or none that counts |',
  '| `none` | tells the user; the same request will fail again |',
  '',
  'On a route that takes an auth code, `retry` becomes `new-auth-code` once the code may be spent: go by the `next` of the',
  'answer, not by that of the table.',
  '',
  "To throw one yourself, `throw new VodaPayError('VODAPAY_ACCOUNT_DISABLED')`, and register the filter that answers with",
  'it: `providers: [{ provide: APP_FILTER, useClass: VodaPayExceptionFilter }]`. Without the filter Nest answers 500. The',
  "guard's own refusals need none.",
  '',
  'Of an error with status 500 one line is logged: its code, and class, driver code and stack of its causes, without texts.',
  '',
  'A 401 carries `WWW-Authenticate: Bearer`, a 503 carries `Retry-After` in seconds. In code every one of them is a',
  '`VodaPayError` with `code`, `stage`, `status`, `retryable`, `next`, and where VodaPay said something its `resultCode`.',
  'A mistake in the configuration is none of them: it is a `TypeError` that stops the start and names the option.',
];
