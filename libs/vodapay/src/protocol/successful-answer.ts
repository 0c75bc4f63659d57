import type { JsonObject } from './json-object.js';

declare const judged: unique symbol;

/** The body of an answer that may be believed: status S under the policy. Only `judgeAnswer` makes one. */
export type SuccessfulAnswer = JsonObject & { readonly [judged]: true };
