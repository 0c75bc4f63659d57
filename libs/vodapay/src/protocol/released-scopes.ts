import type { JsonObject } from './json-object.js';
import { SCOPES, type VodaPayScope } from './scopes.js';

/**
 * The scopes whose data this `userInfo` holds. It tells what was released, not what was granted: a field that the user
 * never filled in is absent too.
 */
export function releasedScopes(userInfo: JsonObject): readonly VodaPayScope[] {
  const names = Object.keys(SCOPES) as VodaPayScope[];
  return Object.freeze(names.filter((name) => SCOPES[name].isReleased(userInfo)));
}
