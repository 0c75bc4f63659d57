import { setRouteRule } from './set-route-rule.js';

/**
 * Lets everybody through `VodaPayAuthGuard` on a route, for applications that install the guard for all routes
 * (`APP_GUARD`). Credentials aren't looked at and nobody is signed in; a route that wants to know who came, if anybody,
 * says `@VodaPayAuth({ optional: true })` instead. On a class it holds for every method without a rule of its own.
 *
 * @throws TypeError while loading, on a method or class that also has `@VodaPayAuth()`.
 * @example
 * @Public()
 * @Get('prices')
 * prices() {}
 */
export const Public = (): MethodDecorator & ClassDecorator => setRouteRule({ kind: 'public' });
