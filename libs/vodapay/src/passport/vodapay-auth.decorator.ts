import { SetMetadata, type CustomDecorator } from '@nestjs/common';
import type { CredentialKind } from '../login/credentials.js';

/** What a route asks of `VodaPayAuthGuard`. */
export interface VodaPayAuthRequirements {
  /**
   * Kinds of credentials that the route takes. Default: the session token, and the raw access token where the module
   * option `credentials.accessToken` is on. `accessToken` here has no effect while that option is off.
   */
  readonly credentials?: readonly CredentialKind[];
}

export const VODAPAY_AUTH_REQUIREMENTS = Symbol('VODAPAY_AUTH_REQUIREMENTS');

/**
 * Says what a guarded route takes.
 *
 * @example
 * @UseGuards(VodaPayAuthGuard)
 * @VodaPayAuth({ credentials: ['authCode'] })
 * @Post('auth/vodapay/login')
 * login(@VodaPayUser() user: VodaPayPrincipal) {}
 */
export const VodaPayAuth = (requirements: VodaPayAuthRequirements): CustomDecorator<symbol> =>
  SetMetadata(VODAPAY_AUTH_REQUIREMENTS, Object.freeze({ ...requirements }));
