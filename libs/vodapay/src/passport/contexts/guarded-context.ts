import type { ArgumentsHost, HttpServer } from '@nestjs/common';
import type { VodaPayError } from '../../errors/vodapay-error.js';
import type { CredentialSources } from '../../login/credentials.js';
import type { Departure } from '../../departure.js';
import type { VodaPayPrincipal } from '../../login/principal.js';
import type { OpenConnection } from '../../login/session-connections.js';

/** One request, message or field as the guard sees it. */
export interface GuardedRequest {
  /** The object that stands for this one request; the outcome is noted on it. */
  readonly subject: object;
  /** Where `subject` outlives this message: what is this message's alone, so that its outcome counts for no later one. */
  readonly message?: object;
  readonly sources: CredentialSources;
  /** Where applications look for the principal, besides `@VodaPayUser()`: its `user` is set. */
  readonly exposeOn?: { user?: VodaPayPrincipal | undefined };
  /** Tells when the client has left before it got its answer. */
  readonly departure?: Departure;
  /** What stays open after this request and was authenticated as a whole; it is closed when the session ends. */
  readonly connection?: OpenConnection;
}

/** What differs between the kinds of execution contexts. */
export interface GuardedContext {
  /** Throws VODAPAY_CONTEXT_UNSUPPORTED where the arguments aren't what this kind of context has. */
  read(context: ArgumentsHost, handler: unknown): GuardedRequest;
  /** The objects on which a guard may have noted its outcome, the nearest first. */
  subjects(context: ArgumentsHost): readonly unknown[];
  /** The error that this transport sends as a refusal. */
  refuse(error: VodaPayError, context: ArgumentsHost, httpAdapter: HttpServer): Promise<Error> | Error;
}
