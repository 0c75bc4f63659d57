import { LINKING_POLICIES } from '../login/checked-policy.js';
import { CREDENTIAL_KINDS, type AuthenticationRequirements } from '../login/credentials.js';
import { SCOPES } from '../protocol/scopes.js';

/** What a route, or a whole class, says to the guard. */
export type RouteRule =
  { readonly kind: 'public' } | { readonly kind: 'guarded'; readonly asks: AuthenticationRequirements };

/** One key for both, so that the nearer one counts: a method's rule before its class's. */
export const ROUTE_RULE = Symbol('vodapay.route-rule');

/** The rule of a decorated method (its function) or class. */
export function ruleOn(target: object): RouteRule | undefined {
  return Reflect.getOwnMetadata(ROUTE_RULE, target) as RouteRule | undefined;
}

/** Throws a TypeError while the application is being loaded: a mistake here must not open a route later. */
export function checkRequirements(asks: AuthenticationRequirements): void {
  const { credentials, optional, freshWithinMs, revalidate, scopes, linking } = asks;
  for (const name of Object.keys(asks)) if (!KNOWN.has(name)) wrong(name, 'not to be there: it has no such option');
  if (credentials !== undefined && !isKinds(credentials)) {
    wrong('credentials', `to be a non-empty list of ${CREDENTIAL_KINDS.join(', ')}`);
  }
  if (optional !== undefined && typeof optional !== 'boolean') wrong('optional', 'to be true or false');
  if (revalidate !== undefined && typeof revalidate !== 'boolean') wrong('revalidate', 'to be true or false');
  if (freshWithinMs !== undefined && !(Number.isSafeInteger(freshWithinMs) && freshWithinMs > 0)) {
    wrong('freshWithinMs', 'to be a whole number of milliseconds from 1');
  }
  if (scopes !== undefined) checkScopes('@VodaPayAuth({ scopes })', scopes);
  if (linking !== undefined) checkLinking(linking, credentials);
}

/** A scope whose data no answer shows would refuse everybody. */
export function checkScopes(where: string, scopes: unknown): void {
  const known = Array.isArray(scopes) && scopes.length > 0 && scopes.every((name) => Object.hasOwn(SCOPES, name));
  if (!known) throw new TypeError(`${where}: expected one or more of ${Object.keys(SCOPES).join(', ')}.`);
}

function checkLinking(linking: unknown, credentials: AuthenticationRequirements['credentials']): void {
  const policies: readonly unknown[] = LINKING_POLICIES;
  if (!policies.includes(linking)) wrong('linking', `to be one of ${LINKING_POLICIES.join(', ')}`);
  if (credentials?.some((kind) => kind !== 'session') === true) return;
  wrong('linking', 'beside credentials that sign in: authCode or accessToken. A session has its account already');
}

const KNOWN: ReadonlySet<string> = new Set<keyof AuthenticationRequirements>([
  'credentials',
  'optional',
  'freshWithinMs',
  'revalidate',
  'scopes',
  'linking',
]);

function isKinds(credentials: unknown): boolean {
  const kinds: readonly string[] = CREDENTIAL_KINDS;
  return (
    Array.isArray(credentials) && credentials.length > 0 && credentials.every((kind) => kinds.includes(String(kind)))
  );
}

function wrong(name: string, expected: string): never {
  throw new TypeError(`@VodaPayAuth(): expected "${name}" ${expected}.`);
}
