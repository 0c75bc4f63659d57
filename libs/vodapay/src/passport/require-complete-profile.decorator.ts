import { UseInterceptors } from '@nestjs/common';
import { CompleteProfileInterceptor } from './complete-profile.interceptor.js';

/**
 * Refuses a signed-in user whose account still lacks something, with VODAPAY_PROFILE_INCOMPLETE (403) and the names of the
 * missing fields. `AccountDirectory.find` is asked on each request of such a route, and on no other. Like `@VodaPayAuth()`
 * it isn't the guard: without `VodaPayAuthGuard` such a route answers nobody.
 *
 * @example
 * @UseGuards(VodaPayAuthGuard)
 * @RequireCompleteProfile()
 * @Post('orders')
 * order(@VodaPayUser('accountId') accountId: string) {}
 */
export const RequireCompleteProfile = (): MethodDecorator & ClassDecorator =>
  UseInterceptors(CompleteProfileInterceptor);
