import { SCOPES, type VodaPayScope } from './scopes.js';

const ENTRIES = Object.entries(SCOPES) as [VodaPayScope, (typeof SCOPES)[VodaPayScope]][];

/** Scopes as one small integer: how a session's row and the cache keep them. */
export function packScopes(scopes: readonly VodaPayScope[]): number {
  return scopes.reduce((packed, scope) => packed | (1 << SCOPES[scope].bit), 0);
}

/** The scopes of a packed form, in the order of the table. Bits of no scope count for nothing. */
export function unpackScopes(packed: number): readonly VodaPayScope[] {
  return Object.freeze(ENTRIES.flatMap(([name, { bit }]) => ((packed & (1 << bit)) === 0 ? [] : [name])));
}
