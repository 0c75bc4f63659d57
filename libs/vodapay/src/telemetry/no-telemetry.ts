import { Telemetry, type OpenSpan } from './telemetry.js';

const nothing = (): void => undefined;

/** A span that nobody sees. */
export const NO_SPAN: OpenSpan = Object.freeze({ note: nothing, run: <T>(work: () => T): T => work(), end: nothing });

/** Tells nobody: without `@opentelemetry/api`, and where nothing else is given. */
class NoTelemetry extends Telemetry {
  override readonly tracing = false;

  override span<T>(_name: string, work: (span: OpenSpan) => Promise<T>): Promise<T> {
    return work(NO_SPAN);
  }

  override start(): OpenSpan {
    return NO_SPAN;
  }

  override counter(): () => void {
    return nothing;
  }

  override observe(): () => void {
    return nothing;
  }
}

export const NO_TELEMETRY: Telemetry = Object.freeze(new NoTelemetry());
