import type { VodaPayPrincipal } from '../login/principal.js';

/** The outcome of a guard on one request, noted on the object that stands for it. */
export interface AuthenticationMark {
  /** Nobody where the route is optional and the request brought nothing. */
  readonly user: VodaPayPrincipal | undefined;
  /** Which strategy said so: two named instances don't believe each other. */
  readonly by: object;
  /** For which handler. Passport's own guards don't tell: then for any of this request. */
  readonly handler?: unknown;
  /** For which message, where the object stands for more than one. */
  readonly message?: object | undefined;
}

/** A symbol of this module only: no parsed message can hold it. */
const MARK = Symbol('vodapay.authentication');

type Marked = { readonly [MARK]?: AuthenticationMark };

/** Notes the outcome where neither serialisation nor validation sees it. Throws where the object is frozen. */
export function markAuthenticated(request: object, mark: AuthenticationMark): void {
  Object.defineProperty(request, MARK, { value: mark, configurable: true, enumerable: false });
}

/** What a guard noted on the request for this handler. */
export function markOf(request: unknown, handler: unknown): AuthenticationMark | undefined {
  if (typeof request !== 'object' || request === null || !Object.hasOwn(request, MARK)) return undefined;
  const mark = (request as Marked)[MARK];
  return mark?.handler === undefined || mark.handler === handler ? mark : undefined;
}
