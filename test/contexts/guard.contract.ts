import { randomBytes } from 'node:crypto';
import { Logger } from '@nestjs/common';
import {
  VODAPAY_ERRORS,
  VodaPayError,
  VodaPaySessionService,
  VodaPayStrategy,
  type VodaPayErrorCode,
} from 'nestjs-vodapay';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { recordSecret } from '../leaks/record-secret.js';
import { RECENT_MS, type Transport, type TransportUnderTest } from './transport.js';

const REVALIDATE_AFTER_MS = 300_000;
const STALE_IF_ERROR_MS = 3_600_000;

/** A mistake of the application: the client learns nothing but that. */
const OWN_FAILURE = { statusCode: 500, code: undefined, next: undefined };

/** What the operator reads in the log, in place of the log. */
function loggedErrors(): { readonly mock: { readonly calls: readonly (readonly unknown[])[] } } {
  const spy = vi.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
  onTestFinished(() => spy.mockRestore());
  return spy;
}

let users = 1_000;
/** A VodaPay user whom no other test knows, nor the wallet's own list. */
const newUser = (): string => `2166100000${String((users += 1)).padStart(11, '0')}`;

/** What `VodaPayAuthGuard` and its decorators promise, wherever a request comes from. */
export function describeGuard(transportUnderTest: TransportUnderTest): void {
  describe(`The guard over ${transportUnderTest.name}`, () => {
    let transport: Transport;
    beforeAll(async () => void (transport = await transportUnderTest.start({ global: false })));
    afterAll(() => transport.close());

    const refused = (statusCode: number, code: string) => expect.objectContaining({ statusCode, code });
    const codeFor = (userId: string): string =>
      recordSecret('auth code', transport.merchant.wallet.issueCode({ userId }));
    const spoil = (userId: string, fault: string): Promise<Response> =>
      fetch(`${transport.merchant.wallet.controlUrl}/faults`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ userId, fault }),
      });

    it('lets a session through and tells whose it is', async () => {
      const user = newUser();
      const bearer = await transport.merchant.signedIn(user);
      expect(await transport.call('me', { bearer })).toEqual({ user });
    });

    it('tells every one of many requests at once its own user', async () => {
      const all = Array.from({ length: 8 }, newUser);
      const bearers = await Promise.all(all.map((user) => transport.merchant.signedIn(user)));
      const outcomes = await Promise.all(bearers.map((bearer) => transport.call('me', { bearer })));
      expect(outcomes).toEqual(all.map((user) => ({ user })));
    });

    it('refuses a request without credentials', async () => {
      expect(await transport.call('me')).toEqual({
        statusCode: 401,
        code: 'VODAPAY_CREDENTIALS_MISSING',
        next: 'sign-in',
      });
    });

    it('R13: refuses malformed credentials as the mistake of the client that they are', async () => {
      expect(await transport.call('me', { bearer: 'x'.repeat(129) })).toEqual(
        refused(400, 'VODAPAY_CREDENTIALS_MALFORMED'),
      );
    });

    it('refuses a session that nobody opened', async () => {
      const bearer = `vps_${randomBytes(32).toString('base64url')}`;
      expect(await transport.call('me', { bearer })).toEqual(refused(401, 'VODAPAY_SESSION_INVALID'));
    });

    it('refuses a session that has ended', async () => {
      const bearer = await transport.merchant.signedIn(newUser());
      const { body } = await transport.merchant.request('GET', '/me', { bearer });
      await transport.merchant.app.get(VodaPaySessionService, { strict: false }).endSessions(String(body['accountId']));
      expect(await transport.call('me', { bearer })).toEqual(refused(401, 'VODAPAY_SESSION_INVALID'));
    });

    it('R8: refuses a bearer that is no session while access tokens are not switched on', async () => {
      expect(await transport.call('me', { bearer: 'not-a-session-token' })).toEqual(
        refused(401, 'VODAPAY_ACCESS_TOKEN_NOT_ACCEPTED'),
      );
    });

    it('refuses a session when the wallet has withdrawn its user', async () => {
      const user = newUser();
      const bearer = await transport.merchant.signedIn(user);
      transport.merchant.wallet.revoke(user);
      transport.merchant.clock.now += REVALIDATE_AFTER_MS;
      expect(await transport.call('me', { bearer })).toEqual(refused(401, 'VODAPAY_ACCESS_TOKEN_INVALID'));
    });

    it('serves on through an outage of the wallet for staleIfErrorMs, and then says when to try again', async () => {
      const user = newUser();
      const bearer = await transport.merchant.signedIn(user);
      await spoil(user, 'inquiry:reset');
      transport.merchant.clock.now += REVALIDATE_AFTER_MS + STALE_IF_ERROR_MS - 1;
      expect(await transport.call('me', { bearer })).toEqual({ user });
      transport.merchant.clock.now += 1;
      expect(await transport.call('me', { bearer })).toEqual(refused(503, 'VODAPAY_WALLET_UNAVAILABLE'));
    });

    it('lets everybody through where the route is public, whoever guards it', async () => {
      expect(await transport.call('open')).toEqual({ user: 'anybody' });
    });

    it('lets nobody in particular through where the route is optional, but no bad credentials', async () => {
      const user = newUser();
      const bearer = await transport.merchant.signedIn(user);
      expect(await transport.call('maybe')).toEqual({ user: null });
      expect(await transport.call('maybe', { bearer })).toEqual({ user });
      expect(await transport.call('maybe', { bearer: `${bearer}x` })).toEqual(refused(401, 'VODAPAY_SESSION_INVALID'));
    });

    it('refuses a session whose sign-in is not recent enough for the route, and only there', async () => {
      const user = newUser();
      const bearer = await transport.merchant.signedIn(user);
      transport.merchant.clock.now += RECENT_MS;
      expect(await transport.call('recent', { bearer })).toEqual({ user });
      transport.merchant.clock.now += 1;
      expect(await transport.call('recent', { bearer })).toEqual(refused(401, 'VODAPAY_REAUTHENTICATION_REQUIRED'));
      expect(await transport.call('me', { bearer })).toEqual({ user });
    });

    it('refuses a session whose contacts VodaPay did not release where the route needs them, and only there', async () => {
      const user = newUser();
      const without = await transport.merchant.signedIn(user, ['USER_NICKNAME']);
      expect(await transport.call('contact', { bearer: without })).toEqual({
        statusCode: 403,
        code: 'VODAPAY_SCOPE_INSUFFICIENT',
        next: 'new-auth-code',
      });
      expect(await transport.call('me', { bearer: without })).toEqual({ user });
      const bearer = await transport.merchant.signedIn(user, ['USER_CONTACTINFO']);
      expect(await transport.call('contact', { bearer })).toEqual({ user });
    });

    it('refuses with every code as the table has it, and logs what is not the mistake of the client', async () => {
      const { mock } = loggedErrors();
      const strategy = transport.merchant.app.get(VodaPayStrategy, { strict: false });
      for (const [code, { status: statusCode, next }] of Object.entries(VODAPAY_ERRORS)) {
        const refusing = vi.spyOn(strategy, 'identify').mockRejectedValue(new VodaPayError(code as VodaPayErrorCode));
        const outcome = await transport.call('me').finally(() => refusing.mockRestore());
        expect(outcome).toEqual({ statusCode, code, next });
      }
      expect(mock.calls.map(([line]) => /\bcode=(\w+)/.exec(String(line))?.[1])).toEqual(
        Object.entries(VODAPAY_ERRORS).flatMap(([code, { status }]) => (status === 500 ? [code] : [])),
      );
    });

    it('answers nobody where @VodaPayUser() or @VodaPayAuth() stands and the guard was forgotten', async () => {
      const bearer = await transport.merchant.signedIn(newUser());
      const { mock } = loggedErrors();
      expect(await transport.call('unguarded', { bearer })).toEqual(OWN_FAILURE);
      expect(await transport.call('forgotten', { bearer })).toEqual(OWN_FAILURE);
      expect(mock.calls.map(([error]) => String(error))).toEqual([
        expect.stringMatching(/\.unguarded has @VodaPayUser\(\), but no VodaPayAuthGuard has run/),
        expect.stringMatching(/\.forgotten has @VodaPayAuth\(\), but no VodaPayAuthGuard has run/),
      ]);
    });

    it('answers nobody where one method has both the guard and @Public()', async () => {
      const { mock } = loggedErrors();
      expect(await transport.call('contradictory')).toEqual(OWN_FAILURE);
      expect(mock.calls.map(([error]) => String(error))).toEqual([expect.stringMatching(/has both @Public\(\) and/)]);
    });

    if (transportUnderTest.takesAuthCodes) {
      it('signs in with an auth code where the route takes one, and with each code once', async () => {
        const user = newUser();
        const authCode = codeFor(user);
        expect(await transport.call('login', { authCode })).toEqual({ user });
        expect(await transport.call('login', { authCode })).toEqual(refused(401, 'VODAPAY_AUTH_CODE_USED'));
        expect(await transport.call('me', { authCode: codeFor(user) })).toEqual(
          refused(401, 'VODAPAY_CREDENTIALS_MISSING'),
        );
      });

      it('refuses two kinds of credentials at once, and spends neither', async () => {
        const user = newUser();
        const bearer = await transport.merchant.signedIn(user);
        const authCode = codeFor(user);
        expect(await transport.call('login', { bearer, authCode })).toEqual(
          refused(400, 'VODAPAY_CREDENTIALS_AMBIGUOUS'),
        );
        expect(await transport.call('login', { authCode })).toEqual({ user });
      });

      it('signs in known users only where the route says so, and makes no account for others', async () => {
        const [unknown, known] = [newUser(), newUser()];
        await transport.merchant.signedIn(known);
        const accounts = transport.merchant.accounts.accounts.size;
        expect(await transport.call('known', { authCode: codeFor(unknown) })).toEqual(
          refused(409, 'VODAPAY_LINK_PROOF_REQUIRED'),
        );
        expect(await transport.call('known', { authCode: codeFor(known) })).toEqual({ user: known });
        expect(transport.merchant.accounts.accounts.size).toBe(accounts);
      });

      it('spends an auth code once where the guard is named twice', async () => {
        const user = newUser();
        expect(await transport.call('twice', { authCode: codeFor(user) })).toEqual({ user });
      });
    }
  });

  describe(`The guard on all routes over ${transportUnderTest.name}`, () => {
    let transport: Transport;
    beforeAll(async () => void (transport = await transportUnderTest.start({ global: true })));
    afterAll(() => transport.close());

    it('guards what says nothing, opens what is public, and decides once where it is named again', async () => {
      const user = newUser();
      const bearer = await transport.merchant.signedIn(user);
      expect(await transport.call('bare')).toMatchObject({ statusCode: 401, code: 'VODAPAY_CREDENTIALS_MISSING' });
      expect(await transport.call('bare', { bearer })).toEqual({ user: 'anybody' });
      expect(await transport.call('unguarded', { bearer })).toEqual({ user });
      expect(await transport.call('open')).toEqual({ user: 'anybody' });
      expect(await transport.call('maybe')).toEqual({ user: null });
    });
  });
}
