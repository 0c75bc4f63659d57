import { createParamDecorator, type ExecutionContext, type PipeTransform, type Type } from '@nestjs/common';
import type { VodaPayPrincipal } from '../login/principal.js';
import { outcomeOf } from './must-be-guarded.js';

/**
 * The principal of this request, or one field of it, in every context that the guard knows. `undefined` only on a route
 * with `@VodaPayAuth({ optional: true })` whose request brought no credentials. Where no guard has run it throws, so that
 * a forgotten guard is an error and not a request of nobody.
 *
 * @example
 * me(@VodaPayUser() user: VodaPayPrincipal, @VodaPayUser('accountId') accountId: string) {}
 */
export const VodaPayUser: (
  // Said here: what TypeScript infers under Nest 12 names a type that Nest 11 has not.
  ...fieldOrPipes: (keyof VodaPayPrincipal | Type<PipeTransform> | PipeTransform | undefined)[]
) => ParameterDecorator = createParamDecorator(
  (field: keyof VodaPayPrincipal | undefined, context: ExecutionContext): unknown => {
    const { user } = outcomeOf(context, '@VodaPayUser()');
    return field === undefined ? user : user?.[field];
  },
);
