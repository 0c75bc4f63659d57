import { GRAPHQL_CONTEXT } from './graphql.context.js';
import type { GuardedContext } from './guarded-context.js';
import { HTTP_CONTEXT } from './http.context.js';
import { RPC_CONTEXT } from './rpc.context.js';
import { WS_CONTEXT } from './ws.context.js';

/** `ExecutionContext.getType()` → how it is guarded. What isn't here is denied (R11). */
const GUARDED_CONTEXTS: ReadonlyMap<string, GuardedContext> = new Map([
  ['http', HTTP_CONTEXT],
  ['graphql', GRAPHQL_CONTEXT],
  ['ws', WS_CONTEXT],
  ['rpc', RPC_CONTEXT],
]);

/** How this type of context is guarded; undefined for one that the library doesn't know. */
export function guardedContextOf(type: string): GuardedContext | undefined {
  return GUARDED_CONTEXTS.get(type);
}
