import type { InstrumentName } from './instruments.js';

interface SpanDefinition {
  readonly kind: 'internal' | 'client';
  readonly description: string;
  /** The histogram that gets the span's duration, whether or not anybody traces. */
  readonly duration?: InstrumentName;
}

/** Every span of the library; docs/operations.md is held against this table. */
export const SPANS = Object.freeze({
  'vodapay.guard': { kind: 'internal', description: 'A guarded request, until it is let through or refused.' },
  'vodapay.login': {
    kind: 'internal',
    description: 'A login by auth code, link ticket or access token, from the credentials to the principal.',
    duration: 'loginDuration',
  },
  'vodapay.applyToken': {
    kind: 'internal',
    description: 'Tokens for an auth code or a refresh token, with all attempts.',
    duration: 'operationDuration',
  },
  'vodapay.inquiryUserInfo': {
    kind: 'internal',
    description: 'Who the user is, with all attempts.',
    duration: 'operationDuration',
  },
  'POST /v2/authorizations/applyToken': {
    kind: 'client',
    description: 'One attempt of applyToken.',
    duration: 'attemptDuration',
  },
  'POST /v2/customers/user/inquiryUserInfo': {
    kind: 'client',
    description: 'One attempt of inquiryUserInfo.',
    duration: 'attemptDuration',
  },
  'vodapay.link': { kind: 'internal', description: 'The account of the VodaPay user: found, made, or to be proven.' },
  'vodapay.session.open': { kind: 'internal', description: 'Sealing the tokens and storing the session.' },
  'vodapay.session.revalidate': {
    kind: 'internal',
    description: 'A due session asks the wallet whether its user is still who she was.',
  },
} as const satisfies Readonly<Record<string, SpanDefinition>>);

export type SpanName = keyof typeof SPANS;
