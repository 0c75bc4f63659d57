import { SetMetadata, type CustomDecorator } from '@nestjs/common';
import type { AuthenticationRequirements } from '../login/credentials.js';

/** What a route asks of `VodaPayAuthGuard`. */
export type VodaPayAuthRequirements = AuthenticationRequirements;

export const VODAPAY_AUTH_REQUIREMENTS = Symbol('VODAPAY_AUTH_REQUIREMENTS');

/**
 * Says what a guarded route takes.
 *
 * @example
 * @UseGuards(VodaPayAuthGuard)
 * @VodaPayAuth({ credentials: ['authCode'] })
 * @Post('auth/vodapay/login')
 * login(@VodaPayUser() user: VodaPayPrincipal) {
 *   // By name: the token is not serialised with the principal.
 *   return { token: user.session?.token, expiresAt: user.session?.expiresAt };
 * }
 */
export const VodaPayAuth = (requirements: VodaPayAuthRequirements): CustomDecorator<symbol> =>
  SetMetadata(VODAPAY_AUTH_REQUIREMENTS, Object.freeze({ ...requirements }));
