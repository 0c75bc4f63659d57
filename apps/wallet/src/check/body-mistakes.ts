type Mistake = readonly [says: string, body: string];

const SPACING = 'the body re-serialised with other spacing';
const KEY_ORDER = 'the body with its keys in another order';
const ESCAPES = 'the body with other characters escaped than were sent';

/** The bodies that a merchant may have signed instead of the one that was sent. */
export function bodyMistakes(sent: string): readonly Mistake[] {
  const mistakes = [...edgeMistakes(sent), ...serialisationMistakes(sent), ...textMistakes(sent)];
  return mistakes.filter(([, body]) => body !== sent);
}

/** What a parser would not see either: named before the spacing is blamed. */
function edgeMistakes(sent: string): readonly Mistake[] {
  return [
    ['the body without its byte order mark', sent.replace(/^\ufeff/, '')],
    ['the body without the blanks around it', sent.trim()],
    [ESCAPES, escapeNonAscii(sent)],
  ];
}

function textMistakes(sent: string): readonly Mistake[] {
  return [
    ['the body with a line end after it', `${sent}\n`],
    ['the body serialised twice', JSON.stringify(sent)],
    ['the body with / written as \\/', sent.replaceAll('/', '\\/')],
    ['the body with \\/ written as /', sent.replaceAll('\\/', '/')],
    ['an empty body', ''],
    ['an empty object for the body', '{}'],
    ['the text [object Object] for the body', '[object Object]'],
    ['a percent-encoded body', encodeURIComponent(sent)],
    ['the body in base64', Buffer.from(sent).toString('base64')],
  ];
}

function serialisationMistakes(sent: string): readonly Mistake[] {
  const value = parse(sent);
  if (value === undefined) return [];
  // A JSON text that holds a JSON text: it was serialised twice on its way out, and signed before that.
  if (typeof value === 'string') return [['the body before it was serialised a second time', value]];
  const orders: readonly Mistake[] = reorder(value).flatMap((other) =>
    layouts(other).map((body): Mistake => [KEY_ORDER, body]),
  );
  const compact = JSON.stringify(value);
  return [
    ...(escapeNonAscii(compact) === sent ? [[ESCAPES, compact] as const] : []),
    ...layouts(value).map((body): Mistake => [SPACING, body]),
    ...orders,
  ];
}

function layouts(value: unknown): readonly string[] {
  const compact = JSON.stringify(value);
  const spaced = JSON.stringify(value, null, 1).replace(/\n\s*/g, ' ');
  return [
    compact,
    // The default of Python's json.dumps: {"a": 1, "b": 2}
    spaced.replace(/^([[{]) /, '$1').replace(/ ([\]}])$/, '$1'),
    spaced,
    JSON.stringify(value, null, 2),
    JSON.stringify(value, null, 4),
    JSON.stringify(value, null, '\t'),
    JSON.stringify(value, null, 2).replaceAll('\n', '\r\n'),
    escapeNonAscii(compact),
  ];
}

function reorder(value: unknown): readonly unknown[] {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return [];
  const entries = Object.entries(value);
  const sorted = entries.toSorted(([a], [b]) => (a < b ? -1 : 1));
  return [Object.fromEntries(sorted), Object.fromEntries(entries.toReversed())];
}

function escapeNonAscii(text: string): string {
  return text.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
