import { INSTRUMENTS } from '../libs/vodapay/src/telemetry/instruments.js';
import { LOG_EVENTS } from '../libs/vodapay/src/telemetry/log-events.js';
import { SPANS } from '../libs/vodapay/src/telemetry/spans.js';

/** The library's metrics as a Markdown table, in the order of `INSTRUMENTS`. */
export function metricsTable(): string {
  const rows = Object.values(INSTRUMENTS).map(({ name, kind, unit, description, attributes }) => {
    const told = attributes.map((attribute) => `\`${attribute}\``).join(', ');
    return `| \`${name}\` | ${kind} | \`${unit}\` | ${description} | ${told} |`;
  });
  return ['| metric | kind | unit | counts | by |', '|---|---|---|---|---|', ...rows].join('\n');
}

/** The library's spans as a Markdown table, in the order of `SPANS`. */
export function spansTable(): string {
  const rows = Object.entries(SPANS).map(
    ([name, { kind, description }]) => `| \`${name}\` | ${kind} | ${description} |`,
  );
  return ['| span | kind | |', '|---|---|---|', ...rows].join('\n');
}

/** The library's log events as a Markdown table, in the order of `LOG_EVENTS`. */
export function logEventsTable(): string {
  const rows = Object.entries(LOG_EVENTS).map(([name, { level, fields, message, todo }]) => {
    const told = fields.map((field) => `\`${field}\``).join(', ');
    return `| \`${name}\` | ${level} | ${told} | ${message} | ${todo} |`;
  });
  return ['| event | level | fields | meaning | what to do |', '|---|---|---|---|---|', ...rows].join('\n');
}

/** What the fields of log events hold, as their doc comments in `LogFields` say. */
export function logFieldsTable(source: string): string {
  const fields = source.matchAll(/\/\*\* (?<meaning>.+?) \*\/\n {2}readonly (?<name>\w+)/g);
  const rows = [...fields].map(({ groups }) => `| \`${groups?.['name']}\` | ${groups?.['meaning']} |`);
  return ['| field | |', '|---|---|', ...rows].join('\n');
}
