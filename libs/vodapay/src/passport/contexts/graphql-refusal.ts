import { IntrinsicException } from '@nestjs/common';
import type { VodaPayError } from '../../errors/vodapay-error.js';
import { toHttpRefusal, type RefusalBody } from '../to-http-refusal.js';

/** What a refused field says in `errors[].extensions`: the body of a refusal over HTTP without its message. */
export interface GraphqlRefusalExtensions extends Omit<RefusalBody, 'message'> {
  /** As the header `Retry-After`. */
  readonly retryAfterSeconds?: number;
}

/**
 * A refusal as GraphQL servers answer it: they copy `extensions` of whatever a resolver throws, so that this needs no
 * `GraphQLError` and no import of graphql. Intrinsic: Nest's filter doesn't log it.
 */
export class GraphqlRefusal extends IntrinsicException {
  override readonly name = 'GraphqlRefusal';
  readonly extensions: GraphqlRefusalExtensions;

  constructor(error: VodaPayError) {
    super(error.message, { cause: error });
    const { headers, body } = toHttpRefusal(error);
    const { message: _message, ...extensions } = body;
    const retryAfter = headers['Retry-After'];
    this.extensions = retryAfter === undefined ? extensions : { ...extensions, retryAfterSeconds: Number(retryAfter) };
    // It may hold a link ticket: who prints the error must not print it (R19). GraphQL servers read it all the same.
    Object.defineProperty(this, 'extensions', { enumerable: false });
  }
}
