import { ControlError } from './control-error.js';
import type { Fields } from './read-fields.js';

const RULE = ['userId', 'token', 'operation', 'fault', 'nth', 'from', 'to', 'rate', 'seed', 'times'];

/** What the routes that change something take. */
const KNOWN: Readonly<Record<string, readonly string[]>> = Object.freeze({
  'POST /codes': ['userId', 'scopes', 'fault'],
  'POST /revoke': ['userId'],
  'POST /expire': ['userId'],
  'POST /users': ['userId', 'about', 'userInfo', 'scopes'],
  'POST /faults': RULE,
  'DELETE /faults': ['id'],
});

/** A misspelt `times` would spoil every call from now on, a misspelt `id` remove every rule. */
export function refuseUnknownFields(route: string, fields: Fields): void {
  const known = KNOWN[route];
  const unknown = known === undefined ? undefined : Object.keys(fields).find((name) => !known.includes(name));
  if (known === undefined || unknown === undefined) return;
  throw new ControlError(
    400,
    `${JSON.stringify(unknown.slice(0, 80))} is no field of ${route}. Known: ${known.join(', ')}.`,
  );
}
