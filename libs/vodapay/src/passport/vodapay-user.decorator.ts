import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { VodaPayPrincipal } from '../login/principal.js';

/**
 * The principal that `VodaPayAuthGuard` put on the request, or one field of it.
 *
 * @example
 * me(@VodaPayUser() user: VodaPayPrincipal, @VodaPayUser('accountId') accountId: string) {}
 */
export const VodaPayUser = createParamDecorator(
  (field: keyof VodaPayPrincipal | undefined, context: ExecutionContext): unknown => {
    const { user } = context.switchToHttp().getRequest<{ readonly user?: VodaPayPrincipal }>();
    return field === undefined ? user : user?.[field];
  },
);
