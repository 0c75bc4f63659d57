import { propertyOf } from '../property-of.js';

const NAME = 'authorization';

/**
 * Every `Authorization` of an HTTP request. Node keeps the first of several lines, other servers on the way the last: two
 * different ones must not mean one user here and another one there. What a middleware has put in its place counts too.
 */
export function authorizationHeaders(request: object): readonly unknown[] {
  const kept = propertyOf(propertyOf(request, 'headers'), NAME);
  // Fastify's request keeps node's as `raw`.
  const lines = propertyOf(request, 'rawHeaders') ?? propertyOf(propertyOf(request, 'raw'), 'rawHeaders');
  const sent = Array.isArray(lines) ? sentIn(lines) : [];
  return sent.length > 1 ? [kept, ...sent] : [kept];
}

/** Names and values take turns. */
function sentIn(lines: readonly unknown[]): readonly unknown[] {
  const values: unknown[] = [];
  for (let index = 0; index < lines.length; index += 2) {
    const name = lines[index];
    // The length first: this runs on every request, over every header.
    if (typeof name === 'string' && name.length === NAME.length && name.toLowerCase() === NAME) {
      values.push(lines[index + 1]);
    }
  }
  return values;
}
