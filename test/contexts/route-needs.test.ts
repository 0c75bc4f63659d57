import { Controller, Get, HttpCode, Post, UseGuards } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import {
  Public,
  RequireScopes,
  VodaPayAuth,
  VodaPayAuthGuard,
  VodaPayLoginService,
  VodaPayUser,
  type LinkingPolicy,
  type VodaPayPrincipal,
} from 'nestjs-vodapay';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashSessionToken } from '../../libs/vodapay/src/session/session-token.js';
import { statementCounter } from '../databases/statement-counter.js';
import { recordSecret } from '../leaks/record-secret.js';
import { startMerchant, type Merchant } from '../login/start-merchant.js';

const REVALIDATE_AFTER_MS = 300_000;
const BOTH = 'USER_NAME USER_CONTACTINFO';

@UseGuards(VodaPayAuthGuard)
@RequireScopes('USER_NAME')
@Controller('needs')
class NeedsController {
  @RequireScopes('USER_CONTACTINFO')
  @Get('both')
  both(@VodaPayUser('scopes') scopes: VodaPayPrincipal['scopes']) {
    return { scopes };
  }

  @Public()
  @Get('open')
  open() {
    return { user: 'anybody' };
  }

  @VodaPayAuth({ optional: true })
  @Get('maybe')
  maybe(@VodaPayUser() user: VodaPayPrincipal | undefined) {
    return { user: user?.userId ?? null };
  }

  @VodaPayAuth({ credentials: ['authCode'] })
  @HttpCode(200)
  @Post('login')
  login(@VodaPayUser('session') session: VodaPayPrincipal['session']) {
    return { token: session?.token };
  }
}

@Controller('known')
class KnownController {
  @UseGuards(VodaPayAuthGuard)
  @VodaPayAuth({ credentials: ['authCode'], linking: 'existing-only' })
  @HttpCode(200)
  @Post('login')
  login(@VodaPayUser('session') session: VodaPayPrincipal['session']) {
    return { token: session?.token };
  }
}

/** Passport's own guard knows nothing of our decorators. */
@UseGuards(AuthGuard('vodapay'))
@Controller('passport')
class PassportController {
  @VodaPayAuth({ freshWithinMs: 1 })
  @Get('recent')
  recent() {
    return {};
  }

  @RequireScopes('USER_ADDRESS')
  @Get('address')
  address() {
    return {};
  }
}

const counter = statementCounter();
let merchant: Merchant;
let users = 1_000;
const newUser = (): string => `2166100000${String((users += 1)).padStart(11, '0')}`;
const both = (bearer: string) => merchant.request('GET', '/needs/both', { bearer });

beforeAll(async () => {
  merchant = await startMerchant({
    logger: counter.logger,
    module: { controllers: [NeedsController, KnownController, PassportController] },
  });
});
afterAll(() => merchant.close());

describe('@RequireScopes()', () => {
  it('RFC 6750: tells what the route needs, what is missing, and what to do', async () => {
    const bearer = await merchant.signedIn(newUser(), ['USER_NAME']);
    const { status, body, headers } = await both(bearer);
    expect([status, headers['www-authenticate']]).toEqual([403, `Bearer error="insufficient_scope", scope="${BOTH}"`]);
    expect(body).toEqual({
      statusCode: 403,
      code: 'VODAPAY_SCOPE_INSUFFICIENT',
      message: expect.stringContaining('Get a new auth code with the missing scopes'),
      next: 'new-auth-code',
      requiredScopes: ['USER_NAME', 'USER_CONTACTINFO'],
      missingScopes: ['USER_CONTACTINFO'],
    });
  });

  it('asks the database nothing that a request without it would not, and the principal tells the scopes', async () => {
    const bearer = await merchant.signedIn(newUser(), ['USER_NAME', 'USER_CONTACTINFO']);
    const statements = await counter.during(async () => {
      const answers = [await both(bearer), await both(bearer)];
      expect(answers.map(({ body }) => body['scopes'])).toEqual(
        Array.from({ length: 2 }, () => ['auth_base', 'auth_user', 'USER_ID', 'USER_NAME', 'USER_CONTACTINFO']),
      );
    });
    expect(statements).toHaveLength(1);
  });

  it('goes by what VodaPay releases now, from the revalidation on that hears of it', async () => {
    const user = newUser();
    const bearer = await merchant.signedIn(user, ['USER_NAME', 'USER_CONTACTINFO']);
    const stored = () =>
      merchant.dataSource.query<{ released_scopes: number | null }[]>(
        `SELECT released_scopes FROM vodapay_session WHERE token_hash = '${hashSessionToken(bearer)}'`,
      );
    const released = await stored();
    expect(released).toEqual([{ released_scopes: expect.any(Number) }]);
    await merchant.dataSource.query(`UPDATE vodapay_session SET released_scopes = NULL`);
    merchant.clock.now += REVALIDATE_AFTER_MS;
    expect((await both(bearer)).status).toBe(200);
    expect(await stored()).toEqual(released);
  });

  it('refuses a session older than the column until VodaPay has been asked again', async () => {
    const bearer = await merchant.signedIn(newUser(), ['USER_NAME', 'USER_CONTACTINFO']);
    await merchant.dataSource.query(`UPDATE vodapay_session SET released_scopes = NULL`);
    expect((await both(bearer)).body['missingScopes']).toEqual(['USER_NAME', 'USER_CONTACTINFO']);
  });

  it('makes no account and opens no session for a login that lacks them', async () => {
    const login = (scopes: readonly string[]) => {
      const authCode = recordSecret('auth code', merchant.wallet.issueCode({ userId: newUser(), scopes }));
      return merchant.request('POST', '/needs/login', { body: { authCode } });
    };
    const before = [merchant.accounts.accounts.size, await merchant.count('vodapay_session')];
    const refused = await login(['USER_AVATAR']);
    expect([refused.status, refused.body['code']]).toEqual([403, 'VODAPAY_SCOPE_INSUFFICIENT']);
    expect([merchant.accounts.accounts.size, await merchant.count('vodapay_session')]).toEqual(before);
    expect((await login(['USER_NAME'])).status).toBe(200);
  });

  it('of a class asks nothing of its public methods, and nothing of nobody where a method is optional', async () => {
    expect((await merchant.request('GET', '/needs/open')).body).toEqual({ user: 'anybody' });
    expect((await merchant.request('GET', '/needs/maybe')).body).toEqual({ user: null });
    const bearer = await merchant.signedIn(newUser(), ['USER_AVATAR']);
    expect((await merchant.request('GET', '/needs/maybe', { bearer })).status).toBe(403);
  });

  it.each([[[]], [['USER_CONTACTS']], [['NOTIFICATION_INBOX']], [['toString']], [[undefined]]])(
    'stops the start for scopes that no answer shows: %j',
    (scopes) => {
      const decorating = () => RequireScopes(...(scopes as unknown as ['USER_NAME']));
      expect(decorating).toThrow(TypeError);
      expect(decorating).toThrow('expected one or more of auth_base, auth_user, USER_ID');
    },
  );
});

// Before others start: passport's registry is one for the process, and its last registration answers.
describe("Passport's own guard", () => {
  it.each(['recent', 'address'])('opens no route whose decorator asks for more than it looks at: %s', async (route) => {
    const bearer = await merchant.signedIn(newUser());
    expect((await merchant.request('GET', `/passport/${route}`, { bearer })).status).toBe(500);
  });
});

describe('@VodaPayAuth({ linking })', () => {
  it('signs in whoever is linked, gives others a ticket, and no decline makes an account of it', async () => {
    const login = (userId: string) => {
      const authCode = recordSecret('auth code', merchant.wallet.issueCode({ userId }));
      return merchant.request('POST', '/known/login', { body: { authCode } });
    };
    const known = newUser();
    await merchant.signedIn(known);
    expect((await login(known)).status).toBe(200);
    const { status, body } = await login(newUser());
    expect([status, body['code'], body['delivery']]).toEqual([409, 'VODAPAY_LINK_PROOF_REQUIRED', 'link-code']);
    const ticket = recordSecret('link ticket', String(body['ticket']));
    const accounts = merchant.accounts.accounts.size;
    const logins = merchant.app.get(VodaPayLoginService, { strict: false });
    await expect(logins.decline(ticket)).rejects.toMatchObject({ code: 'VODAPAY_NOT_LINKED' });
    await expect(logins.decline(ticket)).rejects.toMatchObject({ code: 'VODAPAY_NOT_LINKED' });
    expect(merchant.accounts.accounts.size).toBe(accounts);
  });

  const controllerWith = (linking: LinkingPolicy, guard = true) => {
    @Controller()
    class Route {
      @VodaPayAuth({ credentials: ['authCode'], linking })
      @Post('route')
      login() {}
    }
    if (guard) UseGuards(VodaPayAuthGuard)(Route);
    return Route;
  };

  it.each([
    ['create', { linking: { policy: 'existing-only' } }, 'the module'],
    ['ask', {}, 'it needs the method findCandidates'],
  ] as const)('stops the start where it is "%s" and the module has %j', async (linking, options, reason) => {
    const starting = startMerchant({ options, module: { controllers: [controllerWith(linking)] } });
    await expect(starting).rejects.toThrow(TypeError);
    await expect(starting).rejects.toThrow(`Route.login: @VodaPayAuth({ linking: '${linking}' }): ${reason}`);
  });

  it.each([
    [{ linking: 'link' }, 'expected "linking" to be one of create, ask, existing-only'],
    [{ linking: 'ask' }, 'expected "linking" beside credentials that sign in'],
    [{ linking: 'ask', credentials: ['session'] }, 'expected "linking" beside credentials that sign in'],
  ])('stops the start by itself: %j', (requirements, reason) => {
    const decorating = () => VodaPayAuth(requirements as Parameters<typeof VodaPayAuth>[0]);
    expect(decorating).toThrow(reason);
  });
});
