import type { TelemetryAttributes } from './attributes.js';
import type { AttributesOf, CounterName, GaugeName } from './instruments.js';
import type { SpanName } from './spans.js';

/** Adds to what a span, and its histogram, tell. */
export type Note = (attributes: TelemetryAttributes) => void;

/** A span that the caller ends: for work that is no promise. */
export interface OpenSpan {
  readonly note: Note;
  /** Runs `work` with this span as the one that others nest in. */
  run<T>(work: () => T): T;
  /** Ends it; a failure is told by its code alone. Ending it twice is no error. */
  end(failure?: { readonly error: unknown }): void;
}

/**
 * What the library tells of its work: spans and metrics, by names that stand in `SPANS` and `INSTRUMENTS`. Nobody
 * listening costs next to nothing: no span is made, and counters are bound beforehand.
 */
export abstract class Telemetry {
  /** Whether spans reach somebody. Where not, work that may be done at once needs no promise for its span. */
  abstract readonly tracing: boolean;

  /** Does the work as a span; one that fails is marked with the code of its error. */
  abstract span<T>(name: SpanName, work: (span: OpenSpan) => Promise<T>): Promise<T>;

  /** Starts a span inside the one that is running. */
  abstract start(name: SpanName, attributes?: TelemetryAttributes): OpenSpan;

  /** A counter with its attributes, bound once: call it to count. */
  abstract counter<N extends CounterName>(name: N, attributes: AttributesOf<N>): (times?: number) => void;

  /** A value that is read when somebody looks. Returns what ends that. */
  abstract observe<N extends GaugeName>(name: N, attributes: AttributesOf<N>, read: () => number): () => void;
}
