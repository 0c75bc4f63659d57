import type { INestApplicationContext } from '@nestjs/common';
import { VodaPayLoginService } from '../login/login.service.js';
import type { VodaPayPrincipal } from '../login/principal.js';
import { instancePart } from './instance-part.js';
import { testWalletOf } from './test-wallet-of.js';
import type { TestUserLike } from './test-user.js';

/** A user who is signed in to the application under test. */
export interface TestSignIn {
  /** The session token. */
  readonly token: string;
  /** The header that carries it, for `fetch(url, { headers })` and supertest's `.set(headers)`. */
  readonly headers: { readonly authorization: string };
  readonly principal: VodaPayPrincipal;
}

/**
 * Signs a user in on the real way: code, tokens, inquiry, linking, session. Only the wallet is a test's. Rejects with the
 * login's VodaPayError.
 *
 * @param user a user id, or a user as your application should see her; default: a user with a nick name
 * @param name of the instance, where `VodaPayModule.forRoot` was given one
 *
 * @example
 * const { headers } = await signInAs(app, { userId: '216610000000000000007', nickName: 'Thandi' });
 * await request(app.getHttpServer()).get('/me').set(headers).expect(200);
 */
export async function signInAs(app: INestApplicationContext, user?: TestUserLike, name?: string): Promise<TestSignIn> {
  const login = instancePart(app, VodaPayLoginService, name) as VodaPayLoginService;
  const body = { authCode: testWalletOf(app, name).authCode(user) };
  const principal = await login.authenticate({ body }, { credentials: ['authCode'] });
  const token = principal?.session?.token;
  if (principal === undefined || token === undefined) {
    throw new TypeError('signInAs needs sessions, and the option sessions is false. Use overrideVodaPayUser.');
  }
  return { token, headers: { authorization: `Bearer ${token}` }, principal };
}
