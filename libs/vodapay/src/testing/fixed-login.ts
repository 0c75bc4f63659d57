import { VodaPayError } from '../errors/vodapay-error.js';
import type { AuthenticationRequirements, CredentialSources } from '../login/credentials.js';
import type { VodaPayLoginService } from '../login/login.service.js';
import { toPrincipal, type VodaPayPrincipal } from '../login/principal.js';
import type { ResolvedVodaPayOptions } from '../vodapay.options.js';
import { TEST_USER_ID } from './test-user.js';

/** Fields of the principal that every request gets; the rest is made up. `undefined` in its place: nobody is signed in. */
export type FixedUser = Partial<VodaPayPrincipal> | undefined;

export type FixedLogin = Pick<VodaPayLoginService, 'authenticate' | 'identify' | 'mustBeComplete'>;

/** Answers in the place of the login: everybody is this user, whatever the request brings. */
export function fixedLogin(user: FixedUser, { namespace, clientId }: ResolvedVodaPayOptions): FixedLogin {
  const identify = (_sources: CredentialSources, requirements?: AuthenticationRequirements) => {
    if (user !== undefined) return principalOf(user, namespace, clientId);
    if (requirements?.optional === true) return undefined;
    throw new VodaPayError('VODAPAY_CREDENTIALS_MISSING');
  };
  return {
    identify,
    authenticate: async (sources: CredentialSources, requirements?: AuthenticationRequirements) =>
      identify(sources, requirements),
    mustBeComplete: async () => {
      const missing = user?.missing ?? [];
      if (missing.length > 0) throw new VodaPayError('VODAPAY_PROFILE_INCOMPLETE', { refusal: { missing } });
    },
  };
}

function principalOf(user: Partial<VodaPayPrincipal>, namespace: string, clientId: string): VodaPayPrincipal {
  const now = Date.now();
  const { profile, session, ...visible } = user;
  return toPrincipal(
    {
      accountId: 'test-account',
      linkId: 'test-link',
      userId: TEST_USER_ID,
      namespace,
      clientId,
      linkedAt: now,
      authenticatedAt: now,
      credential: 'session',
      scopes: ['auth_base', 'auth_user'],
      session: { id: 'test-session', expiresAt: now + 3_600_000, ...session },
      ...visible,
    },
    profile === undefined ? {} : { profile },
  );
}
