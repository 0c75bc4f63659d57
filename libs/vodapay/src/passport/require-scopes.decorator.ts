import { applyDecorators, UseInterceptors } from '@nestjs/common';
import type { VodaPayScope } from '../protocol/scopes.js';
import { mustBeGuarded } from './must-be-guarded.js';
import { REQUIRED_SCOPES } from './required-scopes.js';
import { checkScopes } from './route-rule.js';

const MUST_BE_GUARDED = mustBeGuarded('@RequireScopes()');

/**
 * Refuses a user of whom VodaPay has not released what the route needs, with VODAPAY_SCOPE_INSUFFICIENT (403): the missing
 * scopes are in the body, for `my.getAuthCode({ scopes })` and another sign-in. What a class and its method need adds up.
 * The database isn't asked. An answer shows what was released and not what was granted: ask once, because a user who has
 * no address releases none. It isn't the guard: without `VodaPayAuthGuard` such a route answers nobody.
 *
 * @throws TypeError while loading, for no scope at all or a name whose data no answer of VodaPay shows.
 * @example
 * @UseGuards(VodaPayAuthGuard)
 * @RequireScopes('USER_CONTACTINFO')
 * @Post('newsletter')
 * subscribe(@VodaPayUser('accountId') accountId: string) {}
 */
export function RequireScopes(
  ...scopes: readonly [VodaPayScope, ...(readonly VodaPayScope[])]
): MethodDecorator & ClassDecorator {
  checkScopes('@RequireScopes()', scopes);
  return applyDecorators(requireScopes(scopes), UseInterceptors(MUST_BE_GUARDED));
}

function requireScopes(scopes: readonly VodaPayScope[]): MethodDecorator & ClassDecorator {
  return (target: object, _name?: string | symbol, descriptor?: PropertyDescriptor): void => {
    const decorated: object = descriptor === undefined ? target : (descriptor.value as object);
    const known = (Reflect.getOwnMetadata(REQUIRED_SCOPES, decorated) as readonly VodaPayScope[] | undefined) ?? [];
    Reflect.defineMetadata(REQUIRED_SCOPES, Object.freeze([...known, ...scopes]), decorated);
  };
}
