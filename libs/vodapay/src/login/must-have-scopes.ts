import { VodaPayError } from '../errors/vodapay-error.js';
import type { VodaPayScope } from '../protocol/scopes.js';

/** Throws VODAPAY_SCOPE_INSUFFICIENT, with the missing ones, unless VodaPay released the data of all these scopes. */
export function mustHaveScopes(
  { scopes }: { readonly scopes: readonly VodaPayScope[] },
  requiredScopes: readonly VodaPayScope[],
): void {
  const missingScopes = requiredScopes.filter((scope) => !scopes.includes(scope));
  if (missingScopes.length === 0) return;
  throw new VodaPayError('VODAPAY_SCOPE_INSUFFICIENT', { refusal: { requiredScopes, missingScopes } });
}
