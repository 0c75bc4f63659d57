import { ownPropertyOf } from '../../property-of.js';

/** `{ "headers": { "authorization": "Bearer …" }, … }`: where a message carries what HTTP carries in a header. */
export function messageAuthorization(message: unknown): unknown {
  return ownPropertyOf(ownPropertyOf(message, 'headers'), 'authorization');
}
