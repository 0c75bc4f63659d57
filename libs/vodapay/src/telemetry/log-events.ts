import type { LogFields } from './log-fields.js';

interface LogEvent {
  readonly level: 'debug' | 'log' | 'warn' | 'error';
  /** What it tells besides the event and the correlation id, in the order of its text. */
  readonly fields: readonly (keyof LogFields)[];
  /** The same sentence in every line of the event. */
  readonly message: string;
  /** What an operator does about it. */
  readonly todo: string;
}

/** Every line that the library logs; docs/operations.md is held against this table. */
export const LOG_EVENTS = Object.freeze({
  'vodapay.start.unsigned-answers': {
    level: 'warn',
    fields: [],
    message: 'responseSignature is off: anybody between here and the wallet can sign in as anybody.',
    todo: 'never in production',
  },
  'vodapay.start.derived-sealing-key': {
    level: 'log',
    fields: [],
    message:
      'session.sealingKeys is not set: tokens are sealed with a key derived from privateKey. Fine for development; ' +
      'set it before production, or a new private key signs everybody out.',
    todo: 'set it: [sessions](sessions.md)',
  },
  'vodapay.login.succeeded': {
    level: 'debug',
    fields: ['credential', 'outcome', 'durationMs', 'identityHash'],
    message: 'A user signed in.',
    todo: '',
  },
  'vodapay.login.refused': {
    level: 'debug',
    fields: ['credential', 'code', 'durationMs'],
    message: 'A login was refused.',
    todo: 'by its code: [errors](errors.md)',
  },
  'vodapay.request.failed': {
    level: 'error',
    fields: ['code', 'stage', 'detail', 'origin'],
    message: 'A request ended with status 500.',
    todo: '`origin` shows where: the database, or your `AccountDirectory`',
  },
  'vodapay.wallet.attempt': {
    level: 'debug',
    fields: ['operation', 'attempt', 'code', 'resultCode', 'durationMs'],
    message: 'The wallet was asked.',
    todo: '',
  },
  'vodapay.wallet.failed': {
    level: 'warn',
    fields: ['operation', 'code', 'resultCode'],
    message: 'An operation of the wallet failed.',
    todo: 'by its code: [errors](errors.md)',
  },
  'vodapay.wallet.held-back': {
    level: 'debug',
    fields: ['operation', 'code'],
    message: 'The wallet was not asked: its calls are paused or slowed down, or too many wait.',
    todo: 'see `vodapay.circuit.opened`; by its code: [errors](errors.md)',
  },
  'vodapay.circuit.opened': {
    level: 'error',
    fields: ['operation'],
    message: 'The wallet fails: calls of the operation are paused.',
    todo: 'below, "The circuit is open"',
  },
  'vodapay.circuit.closed': {
    level: 'log',
    fields: ['operation'],
    message: 'The wallet answers again: calls of the operation go out.',
    todo: '',
  },
  'vodapay.keys.learned': {
    level: 'log',
    fields: ['keyVersions'],
    message: "VodaPay's keys were read anew from the option keys.",
    todo: '',
  },
  'vodapay.keys.unavailable': {
    level: 'error',
    fields: ['reason'],
    message: 'The option keys gave no new keys.',
    todo: "your source of VodaPay's keys",
  },
  'vodapay.coordination.lost': {
    level: 'warn',
    fields: ['reason'],
    message:
      "Redis can't be used: processes don't share inquiries, and read sessions from the database every second again. " +
      'Nothing else depends on it.',
    todo: "Redis; `reason` is its word or Node's code",
  },
  'vodapay.coordination.back': {
    level: 'log',
    fields: [],
    message: 'Redis is used again.',
    todo: '',
  },
  'vodapay.session.withdrawn': {
    level: 'log',
    fields: ['sessionId', 'code'],
    message: 'A session ended because the wallet withdrew it.',
    todo: 'nothing: the user took her consent back, or the token ended',
  },
  'vodapay.session.unreadable': {
    level: 'error',
    fields: ['sessionId'],
    message: 'The sealed tokens of a session open with no configured key, or were changed in the database.',
    todo: 'a sealing key is missing: put it back into `session.sealingKeys`',
  },
  'vodapay.session.not-asked-ahead': {
    level: 'debug',
    fields: ['code'],
    message: 'Asking the wallet ahead for a session failed; the session serves on until it is due.',
    todo: '',
  },
  'vodapay.session.not-stamped': {
    level: 'debug',
    fields: ['code'],
    message: 'Noting that a session was used failed.',
    todo: 'the database',
  },
  'vodapay.connections.not-checked': {
    level: 'debug',
    fields: ['code'],
    message: 'Looking up the sessions of open connections failed; it is tried again.',
    todo: 'the database',
  },
  'vodapay.connections.not-closed': {
    level: 'warn',
    fields: ['code'],
    message: 'Closing a connection whose session is over failed. The others of that session are closed all the same.',
    todo: "the gateway's socket: its messages are refused",
  },
  'vodapay.connection.failed': {
    level: 'error',
    fields: ['origin'],
    message: 'Admitting a socket failed unexpectedly; it was closed.',
    todo: '`origin` shows where',
  },
  'vodapay.link.changed': {
    level: 'log',
    fields: ['change', 'reason', 'actor', 'linkId', 'identityHash'],
    message: 'A link was made, moved, removed or erased.',
    todo: 'nothing: the same stands in `vodapay_link_event`',
  },
  'vodapay.link.event-owed': {
    level: 'warn',
    fields: ['code'],
    message: "The event of a link's change will be written later.",
    todo: 'nothing: `maintain` writes it',
  },
  'vodapay.link.reservation-left': {
    level: 'debug',
    fields: ['code'],
    message: 'A reservation stays behind; the next login of the user takes it over.',
    todo: '',
  },
  'vodapay.link.hold-left': {
    level: 'debug',
    fields: ['code'],
    message: 'A hold on an account stays behind; the next change takes it away.',
    todo: '',
  },
  'vodapay.link.owner-not-told': {
    level: 'warn',
    fields: ['notice', 'code'],
    message: "The owner of an account was not told of a link's change.",
    todo: 'your `LinkNotifier`',
  },
  'vodapay.directory.conflict': {
    level: 'warn',
    fields: ['words'],
    message: 'AccountDirectory.create reports a conflict.',
    todo: 'your own reason, in `words`',
  },
  'vodapay.directory.candidates-ignored': {
    level: 'warn',
    fields: ['count'],
    message:
      'AccountDirectory.findCandidates returned entries that do not say contactVerified: true and a contact of email or ' +
      'phone; they are ignored.',
    todo: 'your `findCandidates`',
  },
  'vodapay.directory.profile-not-synced': {
    level: 'warn',
    fields: ['code'],
    message: 'AccountDirectory.updateProfile failed; the login went on.',
    todo: 'your `updateProfile`',
  },
  'vodapay.person.erased': {
    level: 'log',
    fields: ['links', 'sessions', 'pendingLogins', 'linkCodes'],
    message: 'A person was erased.',
    todo: 'nothing: counts only, [personal data](privacy.md)',
  },
} as const satisfies Readonly<Record<`vodapay.${string}`, LogEvent>>);

export type LogEventName = keyof typeof LOG_EVENTS;

/** The fields that an event is given; in the place of a value a function, which is called only if somebody reads the line. */
export type FieldsOf<N extends LogEventName> = {
  readonly [K in (typeof LOG_EVENTS)[N]['fields'][number]]: LogFields[K] | (() => LogFields[K]);
};
