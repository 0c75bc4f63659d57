import { type HttpException } from '@nestjs/common';
import type { Strategy as PassportStrategy } from 'passport';
import { Strategy } from 'passport-custom';
import { VodaPayError } from '../errors/vodapay-error.js';
import type { AuthenticationRequirements, CredentialSources } from '../login/credentials.js';
import type { Departure } from '../departure.js';
import type { VodaPayLoginService } from '../login/login.service.js';
import type { VodaPayPrincipal } from '../login/principal.js';
import type { OpenConnection, SessionConnections } from '../login/session-connections.js';
import { NO_TELEMETRY } from '../telemetry/no-telemetry.js';
import type { Telemetry } from '../telemetry/telemetry.js';
import { DEFAULT_INSTANCE } from '../vodapay.tokens.js';
import { markAuthenticated } from './authentication-mark.js';
import { logOwnFailure } from './log-own-failure.js';
import { readHttpSources, type HttpRequestLike } from './read-http-sources.js';
import { toHttpException } from './to-http-exception.js';

/** The name under which passport knows the default instance: `AuthGuard('vodapay')`. */
export const VODAPAY_STRATEGY = 'vodapay';

/** The name under which passport knows an instance: `vodapay`, or `vodapay:shop` of the one named `shop`. */
export const strategyName = (instance: string): string =>
  instance === DEFAULT_INSTANCE ? VODAPAY_STRATEGY : `${VODAPAY_STRATEGY}:${instance}`;

type Verify = (request: HttpRequestLike, done: (error: unknown, user?: VodaPayPrincipal) => void) => void;

/** passport-custom's own typing pins `name` to `'custom'`. */
const CustomStrategy = Strategy as unknown as new (verify: Verify) => PassportStrategy & { name: string };

/**
 * Passport's view of a VodaPay login. `validate` asks VodaPay who the user is and hands over to the account linking.
 * It needs no `passport.initialize()` and opens no passport session.
 */
export class VodaPayStrategy extends CustomStrategy {
  constructor(
    private readonly login: VodaPayLoginService,
    private readonly connections: SessionConnections,
    name: string = VODAPAY_STRATEGY,
    private readonly telemetry: Telemetry = NO_TELEMETRY,
  ) {
    super((request, done) => {
      this.validate(readHttpSources(request)).then(
        (user) => {
          markAuthenticated(request, { user, by: this });
          return done(null, user);
        },
        (error: unknown) => done(error instanceof VodaPayError ? refused(error) : error),
      );
    });
    this.name = name;
  }

  /**
   * Signs the request in, or throws a VodaPayError. `undefined` only where the requirements are optional and the request
   * brought no credentials.
   */
  validate(
    sources: CredentialSources,
    requirements?: AuthenticationRequirements & { readonly optional?: false },
    departure?: Departure,
  ): Promise<VodaPayPrincipal>;
  validate(
    sources: CredentialSources,
    requirements?: AuthenticationRequirements,
    departure?: Departure,
  ): Promise<VodaPayPrincipal | undefined>;
  validate(
    sources: CredentialSources,
    requirements?: AuthenticationRequirements,
    departure?: Departure,
  ): Promise<VodaPayPrincipal | undefined> {
    return this.telemetry.span('vodapay.guard', () => this.login.authenticate(sources, requirements, departure));
  }

  /**
   * As `validate`, at once where nobody needs to be asked, nobody traces, and no application has a `validate` of its own.
   * Throws or rejects with a VodaPayError.
   */
  identify(
    sources: CredentialSources,
    requirements: AuthenticationRequirements,
    departure?: Departure,
  ): VodaPayPrincipal | undefined | Promise<VodaPayPrincipal | undefined> {
    const { validate } = VodaPayStrategy.prototype;
    if (this.telemetry.tracing || this.validate !== validate) return this.validate(sources, requirements, departure);
    return this.login.identify(sources, requirements, departure);
  }

  /** Throws VODAPAY_PROFILE_INCOMPLETE where the account lacks something; asks the application at each call. */
  mustBeComplete({ accountId }: VodaPayPrincipal): Promise<void> {
    return this.login.mustBeComplete(accountId);
  }

  /** Closes the connection when the principal's session ends or gets another token. Nothing to do for nobody, or without a session. */
  holdOpen(connection: OpenConnection, user: VodaPayPrincipal | undefined): void {
    if (user?.session === undefined) return;
    const { accountId, linkId, session } = user;
    const tokenHash = this.login.tokenHashOf(user);
    this.connections.hold(connection, { sessionId: session.id, accountId, linkId, tokenHash });
  }
}

/** Passport's callers know no VodaPayError: Nest would make a 500 of it. */
function refused(error: VodaPayError): HttpException {
  logOwnFailure(error);
  return toHttpException(error);
}
