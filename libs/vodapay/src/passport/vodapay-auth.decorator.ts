import { applyDecorators, UseInterceptors } from '@nestjs/common';
import type { AuthenticationRequirements } from '../login/credentials.js';
import { mustBeGuarded } from './must-be-guarded.js';
import { checkRequirements } from './route-rule.js';
import { setRouteRule } from './set-route-rule.js';

const MUST_BE_GUARDED = mustBeGuarded('@VodaPayAuth()');

/** What a route asks of `VodaPayAuthGuard`. */
export type VodaPayAuthRequirements = AuthenticationRequirements;

/**
 * Says what a guarded route takes. It isn't the guard: without `VodaPayAuthGuard` such a route answers nobody.
 *
 * @throws TypeError while loading, for a value out of bounds, an unknown option, or a second rule at the same place.
 * @example
 * @UseGuards(VodaPayAuthGuard)
 * @VodaPayAuth({ credentials: ['authCode'] })
 * @Post('auth/vodapay/login')
 * login(@VodaPayUser() user: VodaPayPrincipal) {
 *   // By name: the token is not serialised with the principal.
 *   return { token: user.session?.token, expiresAt: user.session?.expiresAt };
 * }
 */
export function VodaPayAuth(requirements: VodaPayAuthRequirements = {}): MethodDecorator & ClassDecorator {
  checkRequirements(requirements);
  return applyDecorators(
    setRouteRule({ kind: 'guarded', asks: Object.freeze({ ...requirements }) }),
    UseInterceptors(MUST_BE_GUARDED),
  );
}
