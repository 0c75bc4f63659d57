import { VODAPAY_ERRORS, type VodaPayErrorCode } from '../errors/vodapay-errors.js';
import type { VodaPayNextStep } from '../errors/vodapay-next-step.js';

/** A refused request as OpenAPI describes it. */
export interface RefusalResponse {
  readonly status: number;
  readonly description: string;
  readonly headers: Record<string, { readonly description: string; readonly schema: { readonly type: 'string' } }>;
  readonly schema: {
    readonly type: 'object';
    readonly required: string[];
    readonly properties: Record<string, { readonly type: 'string' | 'integer'; readonly enum?: (string | number)[] }>;
  };
}

const DESCRIPTIONS: Readonly<Record<number, string>> = {
  400: 'The credentials have the wrong shape, or there are two kinds of them.',
  401: 'No credentials, or credentials that are invalid, used, expired or ended, or not recent enough.',
  403: 'VodaPay or the account says no.',
  409: 'The account needs a decision of its owner first.',
  429: 'Too many tries. Try again after Retry-After.',
  502: 'VodaPay refuses this merchant, or its answer cannot be trusted.',
  503: 'VodaPay or the database does not answer. Try again after Retry-After.',
  504: 'VodaPay did not answer within the deadline.',
};

const HEADERS: Readonly<Record<number, readonly [name: string, description: string]>> = {
  401: ['WWW-Authenticate', 'Bearer, and error="invalid_token" where a token came (RFC 6750).'],
  403: ['WWW-Authenticate', 'With VODAPAY_SCOPE_INSUFFICIENT: error="insufficient_scope" and the scopes needed.'],
  429: ['Retry-After', 'Seconds.'],
  503: ['Retry-After', 'Seconds.'],
};

/** The refusal with this status, its codes and next steps from the one table of errors. */
export function refusalResponse(status: number): RefusalResponse {
  const entries = Object.entries(VODAPAY_ERRORS).filter(([, error]) => error.status === status);
  const codes = entries.map(([code]) => code as VodaPayErrorCode);
  const next = [...new Set<VodaPayNextStep>(entries.map(([, error]) => error.next))];
  const header = HEADERS[status];
  return {
    status,
    description: DESCRIPTIONS[status] ?? 'Refused.',
    headers: header === undefined ? {} : { [header[0]]: { description: header[1], schema: { type: 'string' } } },
    schema: {
      type: 'object',
      required: ['statusCode', 'code', 'message', 'next'],
      properties: {
        statusCode: { type: 'integer', enum: [status] },
        code: { type: 'string', enum: codes },
        message: { type: 'string' },
        next: { type: 'string', enum: next },
      },
    },
  };
}
