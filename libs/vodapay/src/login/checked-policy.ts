import type { LinkingPolicy } from '../linking/decide-link.js';
import type { ResolvedVodaPayOptions } from '../vodapay.options.js';

/** From the most liberal to the strictest. */
export const LINKING_POLICIES: readonly LinkingPolicy[] = ['create', 'ask', 'existing-only'];

/**
 * The linking policy of a route: as strict as the module's, or stricter, and one that the module is equipped for.
 * Throws a TypeError, at the start where the route is known then, else when it is asked.
 */
export function checkedPolicy(
  asked: LinkingPolicy,
  { linking, accounts }: Pick<ResolvedVodaPayOptions, 'linking' | 'accounts'>,
): LinkingPolicy {
  if (LINKING_POLICIES.indexOf(asked) < LINKING_POLICIES.indexOf(linking.policy)) {
    throw wrong(
      asked,
      `the module's policy "${linking.policy}" is stricter; a route may only be as strict or stricter`,
    );
  }
  if (asked === 'ask' && typeof accounts.findCandidates !== 'function') {
    throw wrong(asked, 'it needs the method findCandidates of your AccountDirectory');
  }
  if (asked === 'ask' && linking.proofSender === undefined)
    throw wrong(asked, 'it needs the option linking.proofSender');
  return asked;
}

function wrong(asked: LinkingPolicy, reason: string): TypeError {
  return new TypeError(`@VodaPayAuth({ linking: '${asked}' }): ${reason}.`);
}
