import type { VodaPayScope } from '../protocol/scopes.js';

/** Apart from the route's rule: what a class and its method need adds up, and neither replaces the other. */
export const REQUIRED_SCOPES = Symbol('vodapay.required-scopes');

/** The scopes that a decorated method (its function) or class needs. */
export function scopesOn(target: object): readonly VodaPayScope[] {
  return (Reflect.getMetadata(REQUIRED_SCOPES, target) as readonly VodaPayScope[] | undefined) ?? [];
}
