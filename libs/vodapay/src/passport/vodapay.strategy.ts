import type { Strategy as PassportStrategy } from 'passport';
import { Strategy } from 'passport-custom';
import { VodaPayError } from '../errors.js';
import type { CredentialKind, CredentialSources } from '../login/credentials.js';
import type { VodaPayLoginService } from '../login/login.service.js';
import type { VodaPayPrincipal } from '../login/principal.js';
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
        // Passport's callers know no VodaPayError: Nest would make a 500 of it.
        (error: unknown) => done(error instanceof VodaPayError ? toHttpException(error) : error),
      );
    });
    this.name = name;
  }

  /**
   * Signs the request in, or throws a VodaPayError.
   *
   * @param credentials the kinds that the route takes; default: the session token, and the raw access token where the
   * module option `credentials.accessToken` is on.
   */
  validate(sources: CredentialSources, credentials?: readonly CredentialKind[]): Promise<VodaPayPrincipal> {
    return this.login.authenticate(sources, credentials);
  }
}
