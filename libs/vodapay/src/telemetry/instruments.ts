import type { TelemetryAttributes } from './attributes.js';

export interface Instrument {
  readonly name: `vodapay.${string}`;
  readonly kind: 'counter' | 'histogram' | 'gauge';
  /** UCUM, as OpenTelemetry writes units. */
  readonly unit: string;
  readonly description: string;
  /** All that it is told apart by, besides `vodapay.instance`. */
  readonly attributes: readonly (keyof TelemetryAttributes)[];
}

/** Every metric of the library; docs/operations.md is held against this table. */
export const INSTRUMENTS = Object.freeze({
  loginDuration: {
    name: 'vodapay.login.duration',
    kind: 'histogram',
    unit: 's',
    description: 'Logins by auth code, link ticket or access token, from the credentials to the principal.',
    attributes: ['vodapay.credential', 'vodapay.outcome', 'error.type'],
  },
  operationDuration: {
    name: 'vodapay.wallet.operation.duration',
    kind: 'histogram',
    unit: 's',
    description: 'Operations of the wallet with all their attempts and waits.',
    attributes: ['vodapay.operation', 'error.type'],
  },
  attemptDuration: {
    name: 'vodapay.wallet.attempt.duration',
    kind: 'histogram',
    unit: 's',
    description: "Single attempts of a wallet operation: its count is the attempts, by VodaPay's result code.",
    attributes: ['vodapay.operation', 'vodapay.result.code', 'error.type'],
  },
  circuitOpen: {
    name: 'vodapay.circuit.open',
    kind: 'gauge',
    unit: '1',
    description: '1 while calls of the operation are paused because the wallet fails, else 0.',
    attributes: ['vodapay.operation'],
  },
  circuitChanges: {
    name: 'vodapay.circuit.changes',
    kind: 'counter',
    unit: '{change}',
    description: 'Circuits that opened or closed.',
    attributes: ['vodapay.operation', 'vodapay.circuit.state'],
  },
  sessionCacheLookups: {
    name: 'vodapay.session.cache.lookups',
    kind: 'counter',
    unit: '{lookup}',
    description: 'Sessions looked up for a request: from memory (hit) or in the database (miss).',
    attributes: ['vodapay.cache.result'],
  },
  sessionsOpened: {
    name: 'vodapay.sessions.opened',
    kind: 'counter',
    unit: '{session}',
    description: 'Sessions opened.',
    attributes: [],
  },
  sessionsEnded: {
    name: 'vodapay.sessions.ended',
    kind: 'counter',
    unit: '{session}',
    description: 'Sessions ended by this process, by reason.',
    attributes: ['vodapay.session.end'],
  },
  coordinationUp: {
    name: 'vodapay.coordination.up',
    kind: 'gauge',
    unit: '1',
    description: '1 while Redis (`coordination`) answers, 0 while processes work each for itself.',
    attributes: [],
  },
  linkChanges: {
    name: 'vodapay.link.changes',
    kind: 'counter',
    unit: '{change}',
    description: 'Links made, moved and removed by this process.',
    attributes: ['vodapay.link.change'],
  },
} as const satisfies Readonly<Record<string, Instrument>>);

export type InstrumentName = keyof typeof INSTRUMENTS;

export type CounterName = {
  [N in InstrumentName]: (typeof INSTRUMENTS)[N]['kind'] extends 'counter' ? N : never;
}[InstrumentName];

export type GaugeName = {
  [N in InstrumentName]: (typeof INSTRUMENTS)[N]['kind'] extends 'gauge' ? N : never;
}[InstrumentName];

/** The attributes that an instrument may be given. */
export type AttributesOf<N extends InstrumentName> = Pick<
  TelemetryAttributes,
  (typeof INSTRUMENTS)[N]['attributes'][number]
>;

/** Seconds; the boundaries that OpenTelemetry's conventions give for HTTP durations. */
export const DURATION_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];
