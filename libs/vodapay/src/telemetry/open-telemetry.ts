import type {
  Counter,
  Histogram,
  Meter,
  ObservableGauge,
  ObservableResult,
  Span,
  SpanKind,
  SpanStatusCode,
  Tracer,
} from '@opentelemetry/api';
import { VodaPayError } from '../errors/vodapay-error.js';
import type { TelemetryAttributes } from './attributes.js';
import { errorType } from './error-type.js';
import {
  DURATION_BUCKETS,
  INSTRUMENTS,
  type AttributesOf,
  type CounterName,
  type GaugeName,
  type InstrumentName,
} from './instruments.js';
import { NO_SPAN } from './no-telemetry.js';
import { SPANS, type SpanName } from './spans.js';
import { Telemetry, type OpenSpan } from './telemetry.js';

/** What is used of `@opentelemetry/api`; given, because the package is an optional peer. */
export interface OpenTelemetryApi {
  /** Undefined where nobody traces. */
  readonly tracer: Tracer | undefined;
  readonly meter: Meter;
  readonly runIn: <T>(span: Span, work: () => T) => T;
  readonly kinds: { readonly internal: SpanKind; readonly client: SpanKind };
  readonly failed: SpanStatusCode;
}

/** Tells OpenTelemetry, for one instance of the module. */
export class OpenTelemetry extends Telemetry {
  override readonly tracing: boolean;
  private readonly counters = new Map<InstrumentName, Counter>();
  private readonly histograms = new Map<InstrumentName, Histogram>();
  private readonly gauges = new Map<InstrumentName, ObservableGauge>();

  constructor(
    private readonly api: OpenTelemetryApi,
    private readonly instance: string,
  ) {
    super();
    this.tracing = api.tracer !== undefined;
    for (const name of Object.keys(INSTRUMENTS) as InstrumentName[]) this.createInstrument(name);
  }

  override async span<T>(name: SpanName, work: (span: OpenSpan) => Promise<T>): Promise<T> {
    if (this.api.tracer === undefined && !('duration' in SPANS[name])) return work(NO_SPAN);
    const span = this.start(name);
    try {
      const result = await span.run(() => work(span));
      span.end();
      return result;
    } catch (error) {
      span.end({ error });
      throw error;
    }
  }

  override start(name: SpanName, attributes: TelemetryAttributes = {}): OpenSpan {
    const { kind } = SPANS[name];
    const startedAt = performance.now();
    const span = this.api.tracer?.startSpan(name, {
      kind: this.api.kinds[kind],
      attributes: { ...attributes, 'vodapay.instance': this.instance },
    });
    let told = attributes;
    let ended = false;
    return {
      note: (more) => {
        told = { ...told, ...more };
        span?.setAttributes({ ...more });
      },
      run: (work) => (span === undefined ? work() : this.api.runIn(span, work)),
      end: (failure) => {
        if (ended) return;
        ended = true;
        const outcome = failure === undefined ? told : { ...told, 'error.type': errorType(failure.error) };
        this.recordDuration(name, performance.now() - startedAt, outcome);
        if (span === undefined) return;
        if (failure !== undefined) this.markFailed(span, kind, failure.error);
        span.end();
      },
    };
  }

  override counter<N extends CounterName>(name: N, attributes: AttributesOf<N>): (times?: number) => void {
    const counter = this.counters.get(name);
    const bound = Object.freeze({ ...attributes, 'vodapay.instance': this.instance });
    return (times = 1) => counter?.add(times, bound);
  }

  override observe<N extends GaugeName>(name: N, attributes: AttributesOf<N>, read: () => number): () => void {
    const gauge = this.gauges.get(name);
    const bound = Object.freeze({ ...attributes, 'vodapay.instance': this.instance });
    const tell = (result: ObservableResult): void => result.observe(read(), bound);
    gauge?.addCallback(tell);
    return () => gauge?.removeCallback(tell);
  }

  /** No event of the exception: its text may hold values (R19). A refusal is no failure of ours, but one of a call is. */
  private markFailed(span: Span, kind: 'internal' | 'client', error: unknown): void {
    span.setAttribute('error.type', errorType(error));
    if (kind === 'client' || !(error instanceof VodaPayError) || error.status >= 500) {
      span.setStatus({ code: this.api.failed });
    }
  }

  private recordDuration(name: SpanName, durationMs: number, attributes: TelemetryAttributes): void {
    const definition = SPANS[name];
    if (!('duration' in definition)) return;
    const { attributes: allowed } = INSTRUMENTS[definition.duration];
    const given = allowed.filter((key) => attributes[key] !== undefined);
    const told = Object.fromEntries(given.map((key) => [key, attributes[key]]));
    this.histograms
      .get(definition.duration)
      ?.record(durationMs / 1_000, { ...told, 'vodapay.instance': this.instance });
  }

  private createInstrument(key: InstrumentName): void {
    const { kind, name, unit, description } = INSTRUMENTS[key];
    switch (kind) {
      case 'counter':
        this.counters.set(key, this.api.meter.createCounter(name, { unit, description }));
        return;
      case 'gauge':
        this.gauges.set(key, this.api.meter.createObservableGauge(name, { unit, description }));
        return;
      case 'histogram': {
        const advice = { explicitBucketBoundaries: [...DURATION_BUCKETS] };
        this.histograms.set(key, this.api.meter.createHistogram(name, { unit, description, advice }));
      }
    }
  }
}
