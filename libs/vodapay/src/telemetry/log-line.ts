import { inspect } from 'node:util';
import { LOG_EVENTS, type FieldsOf, type LogEventName } from './log-events.js';

/**
 * What a logger is given: an object, so that JSON loggers keep its fields apart, which shows itself as one text elsewhere.
 * No plain one, since Nest's `ConsoleLogger` would print that as a dump over several lines.
 */
export class LogLine<N extends LogEventName = LogEventName> {
  readonly event: N;
  readonly message: string;
  readonly correlationId?: string;

  constructor(event: N, fields: FieldsOf<N>, correlationId: string | undefined) {
    this.event = event;
    this.message = LOG_EVENTS[event].message;
    if (correlationId !== undefined) this.correlationId = correlationId;
    Object.assign(this, fields);
    for (const name of Object.keys(fields)) {
      const value: unknown = fields[name as keyof FieldsOf<N>];
      if (isReading(value)) this.workOutWhenRead(name, value);
    }
  }

  toString(): string {
    const { message, ...told } = this;
    const { origin = [], event, correlationId, ...fields } = told as Readonly<Record<string, unknown>>;
    const pairs = Object.entries({ ...fields, correlationId }).filter(([, value]) => value !== undefined);
    const words = [message, event, ...pairs.map(([name, value]) => `${name}=${textOf(value)}`)];
    return [words.join(' '), ...(origin as readonly string[])].join('\n');
  }

  [inspect.custom](): string {
    return this.toString();
  }

  /** A logger may still put another value there, as those do that mask what they are given. */
  private workOutWhenRead(name: string, read: () => unknown): void {
    const set = (value: unknown): unknown => Object.defineProperty(this, name, { value, writable: true });
    Object.defineProperty(this, name, { get: read, set });
  }
}

function isReading(value: unknown): value is () => unknown {
  return typeof value === 'function';
}

/** Words stand as they are; what has blanks is quoted. */
function textOf(value: unknown): string {
  const text = Array.isArray(value) ? value.join(',') : String(value);
  return /^[^\s"=]+$/.test(text) ? text : JSON.stringify(text);
}
