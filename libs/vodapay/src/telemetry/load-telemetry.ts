import type { Tracer } from '@opentelemetry/api';
import { NO_TELEMETRY } from './no-telemetry.js';
import { OpenTelemetry } from './open-telemetry.js';
import type { Telemetry } from './telemetry.js';

/** Under this name the library's tracer and meter are known. */
const SCOPE = 'nestjs-vodapay';

/**
 * Telemetry through `@opentelemetry/api`, where that is installed: looked for once, at start. An SDK is registered before
 * the application starts, as OpenTelemetry asks for; what is registered later isn't noticed.
 */
export async function loadTelemetry(instance: string): Promise<Telemetry> {
  const api = await loadApi();
  if (api === undefined) return NO_TELEMETRY;
  const { context, createNoopMeter, metrics, trace, SpanKind, SpanStatusCode } = api;
  const tracer = listeningTracer(trace.getTracerProvider());
  const meter = metrics.getMeter(SCOPE);
  // The package is there, as somebody's dependency, and nobody listens.
  if (tracer === undefined && meter === createNoopMeter()) return NO_TELEMETRY;
  const telemetry = {
    tracer,
    meter,
    runIn: <T>(span: Parameters<typeof trace.setSpan>[1], work: () => T): T =>
      context.with(trace.setSpan(context.active(), span), work),
    kinds: { internal: SpanKind.INTERNAL, client: SpanKind.CLIENT },
    failed: SpanStatusCode.ERROR,
  };
  return new OpenTelemetry(telemetry, instance);
}

async function loadApi(): Promise<typeof import('@opentelemetry/api') | undefined> {
  try {
    return await import('@opentelemetry/api');
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

/** As `import` and as `require` say it. By its code alone: under Jest the error is of another realm, and no `Error` of ours. */
function isNotFound(error: unknown): boolean {
  const code: unknown = Reflect.get(Object(error), 'code');
  return code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND';
}

interface Provider {
  getTracer(name: string): Tracer;
  /** The global provider is a proxy that gives a tracer without effect until an SDK is registered. */
  getDelegateTracer?(name: string): Tracer | undefined;
}

function listeningTracer(provider: Provider): Tracer | undefined {
  return provider.getDelegateTracer === undefined ? provider.getTracer(SCOPE) : provider.getDelegateTracer(SCOPE);
}
