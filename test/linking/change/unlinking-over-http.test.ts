import { Controller, HttpCode, Module, Post, UseGuards } from '@nestjs/common';
import {
  RequireCompleteProfile,
  VodaPayAuthGuard,
  VodaPayExceptionFilter,
  VodaPayLinkingService,
  VodaPayUser,
  type VodaPayPrincipal,
} from 'nestjs-vodapay';
import { HttpAdapterHost } from '@nestjs/core';
import { afterEach, describe, expect, it } from 'vitest';
import { startMerchant, type Merchant } from '../../login/start-merchant.js';

@Controller()
class LinksController {
  constructor(private readonly linking: VodaPayLinkingService) {}

  @UseGuards(VodaPayAuthGuard)
  @HttpCode(204)
  @Post('unlink')
  unlink(@VodaPayUser() user: VodaPayPrincipal): Promise<void> {
    return this.linking.unlink(user);
  }

  @RequireCompleteProfile()
  @UseGuards(VodaPayAuthGuard)
  @Post('order')
  order(): object {
    return { ordered: true };
  }

  @UseGuards(VodaPayAuthGuard)
  @RequireCompleteProfile()
  @Post('order-too')
  orderToo(): object {
    return { ordered: true };
  }

  @RequireCompleteProfile()
  @Post('forgotten-guard')
  forgotten(): object {
    return { ordered: true };
  }
}

@Module({ controllers: [LinksController] })
class LinksModule {}

const USER = '216610000000000000001';
let merchant: Merchant;

async function start(platform: 'express' | 'fastify' = 'express'): Promise<void> {
  merchant = await startMerchant({
    platform,
    module: { imports: [LinksModule] },
    prepare: (app) => void app.useGlobalFilters(new VodaPayExceptionFilter(app.get(HttpAdapterHost))),
  });
}

afterEach(() => merchant.close());

describe('A user who unlinks VodaPay', () => {
  it('is signed out of all sessions of that link, and comes back to a fresh account (R17)', async () => {
    await start();
    merchant.accounts.otherSignInMethods = async () => 1;
    const [bearer, elsewhere] = [await merchant.signedIn(USER), await merchant.signedIn(USER)];
    const before = await merchant.request('GET', '/me', { bearer: elsewhere });

    expect((await merchant.request('POST', '/unlink', { bearer })).status).toBe(204);

    for (const token of [bearer, elsewhere]) {
      expect((await merchant.request('GET', '/me', { bearer: token })).body['code']).toBe('VODAPAY_SESSION_INVALID');
    }
    expect(await merchant.count('vodapay_session')).toBe(0);
    const after = await merchant.login(USER);
    expect(after.body['outcome']).toBe('created');
    expect(after.body['accountId']).not.toBe(before.body['accountId']);
  });

  it('R23 signs in anew when that was more than five minutes ago', async () => {
    await start();
    merchant.accounts.otherSignInMethods = async () => 1;
    const bearer = await merchant.signedIn(USER);
    merchant.clock.now += 300_001;

    expect(await merchant.request('POST', '/unlink', { bearer })).toMatchObject({
      status: 401,
      body: { code: 'VODAPAY_REAUTHENTICATION_REQUIRED', next: 'new-auth-code' },
    });
    const fresh = await merchant.signedIn(USER);
    expect((await merchant.request('POST', '/unlink', { bearer: fresh })).status).toBe(204);
  });

  it('I4 is refused when it is the last way to sign in', async () => {
    await start();
    const bearer = await merchant.signedIn(USER);

    expect(await merchant.request('POST', '/unlink', { bearer })).toMatchObject({
      status: 409,
      body: { code: 'VODAPAY_LAST_SIGN_IN_METHOD' },
    });
    expect((await merchant.request('GET', '/me', { bearer })).status).toBe(200);
  });
});

describe.each(['express', 'fastify'] as const)('A route that needs a complete profile (%s)', (platform) => {
  it.each(['/order', '/order-too'])('names what is missing, and asks anew each time: %s', async (path) => {
    await start(platform);
    const bearer = await merchant.signedIn(USER);
    expect((await merchant.request('POST', path, { bearer })).status).toBe(201);
    const find = merchant.accounts.find.bind(merchant.accounts);
    merchant.accounts.find = async (id) => ({ ...(await find(id))!, missing: ['email', 'address'] });

    expect(await merchant.request('POST', path, { bearer })).toMatchObject({
      status: 403,
      body: { code: 'VODAPAY_PROFILE_INCOMPLETE', next: 'none', missing: ['email', 'address'] },
    });
  });

  it('R24 refuses a disabled account, and R16 one that is gone', async () => {
    await start(platform);
    const bearer = await merchant.signedIn(USER);
    const [account] = [...merchant.accounts.accounts.values()];
    account!.state = 'disabled';
    expect((await merchant.request('POST', '/order', { bearer })).body['code']).toBe('VODAPAY_ACCOUNT_DISABLED');
    merchant.accounts.accounts.clear();
    expect((await merchant.request('POST', '/order', { bearer })).body['code']).toBe('VODAPAY_LINK_ORPHANED');
  });

  it('answers nobody when its guard was forgotten', async () => {
    await start(platform);
    const bearer = await merchant.signedIn(USER);
    expect((await merchant.request('POST', '/forgotten-guard', { bearer })).status).toBe(500);
  });
});
