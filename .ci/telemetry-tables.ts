import { INSTRUMENTS } from '../libs/vodapay/src/telemetry/instruments.js';
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
