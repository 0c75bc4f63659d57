import type { JsonObject } from './json-object.js';
import { SCOPES, type VodaPayScope } from './scopes.js';

const NAMES = Object.keys(SCOPES) as readonly VodaPayScope[];

/**
 * The scopes whose data this `userInfo` holds. It tells what was released, not what was granted: a field that the user
 * never filled in is absent too.
 */
export function releasedScopes(userInfo: JsonObject): readonly VodaPayScope[] {
  return Object.freeze(NAMES.filter((name) => SCOPES[name].isReleased(userInfo)));
}
