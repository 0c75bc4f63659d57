import { Logger, type HttpException } from '@nestjs/common';
import type { Strategy as PassportStrategy } from 'passport';
import { Strategy } from 'passport-custom';
import { VodaPayError } from '../errors.js';
import type { AuthenticationRequirements, CredentialSources } from '../login/credentials.js';
import type { VodaPayLoginService } from '../login/login.service.js';
import type { VodaPayPrincipal } from '../login/principal.js';
import { logOwnFailure } from './log-own-failure.js';
import { readHttpSources, type HttpRequestLike } from './read-http-sources.js';
import { toHttpException } from './to-http-exception.js';

/** The name under which passport knows the default instance: `AuthGuard('vodapay')`. */
export const VODAPAY_STRATEGY = 'vodapay';

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
    name: string = VODAPAY_STRATEGY,
  ) {
    super((request, done) => {
      this.validate(readHttpSources(request)).then(
        (principal) => done(null, principal),
        (error: unknown) => done(error instanceof VodaPayError ? refused(error) : error),
      );
    });
    this.name = name;
  }

  /** Signs the request in, or throws a VodaPayError. */
  validate(sources: CredentialSources, requirements?: AuthenticationRequirements): Promise<VodaPayPrincipal> {
    return this.login.authenticate(sources, requirements);
  }
}

const logger = new Logger(VodaPayStrategy.name);

/** Passport's callers know no VodaPayError: Nest would make a 500 of it. */
function refused(error: VodaPayError): HttpException {
  logOwnFailure(logger, error);
  return toHttpException(error);
}
