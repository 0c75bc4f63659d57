import { Logger } from '@nestjs/common';
import { correlationId } from './correlation.js';
import { LOG_EVENTS, type FieldsOf, type LogEventName } from './log-events.js';
import { LogLine } from './log-line.js';

const logger = new Logger('VodaPay');

/**
 * Logs one event. No other place of the library logs: what it says is what `LOG_EVENTS` lists.
 *
 * @param id the correlation id of what the line is about. Default: that of the `correlated` work that is running
 */
export function tellLog<N extends LogEventName>(event: N, fields: FieldsOf<N>, id = correlationId()): void {
  logger[LOG_EVENTS[event].level](new LogLine(event, fields, id));
}
