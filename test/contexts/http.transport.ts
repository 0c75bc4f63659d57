import { Controller, HttpCode, Post, UseGuards } from '@nestjs/common';
import {
  Public,
  RequireScopes,
  VodaPayAuth,
  VodaPayAuthGuard,
  VodaPayUser,
  type VodaPayPrincipal,
} from 'nestjs-vodapay';
import { startGuarded } from './merchant-with-guard.js';
import { outcomeOf, RECENT_MS, type TransportUnderTest } from './transport.js';
import { view } from './view.js';

@Controller('routes')
class RoutesController {
  @UseGuards(VodaPayAuthGuard)
  @Post('me')
  @HttpCode(200)
  me(@VodaPayUser() user: VodaPayPrincipal, @VodaPayUser('userId') userId: string) {
    return view({ ...user, userId });
  }

  @Public()
  @Post('open')
  @HttpCode(200)
  open() {
    return { user: 'anybody' };
  }

  @UseGuards(VodaPayAuthGuard)
  @VodaPayAuth({ optional: true })
  @Post('maybe')
  @HttpCode(200)
  maybe(@VodaPayUser() user: VodaPayPrincipal | undefined) {
    return view(user);
  }

  @UseGuards(VodaPayAuthGuard)
  @VodaPayAuth({ freshWithinMs: RECENT_MS })
  @Post('recent')
  @HttpCode(200)
  recent(@VodaPayUser() user: VodaPayPrincipal) {
    return view(user);
  }

  @UseGuards(VodaPayAuthGuard)
  @VodaPayAuth({ credentials: ['authCode'] })
  @Post('login')
  @HttpCode(200)
  login(@VodaPayUser() user: VodaPayPrincipal) {
    return view(user);
  }

  @UseGuards(VodaPayAuthGuard, VodaPayAuthGuard)
  @VodaPayAuth({ credentials: ['authCode'] })
  @Post('twice')
  @HttpCode(200)
  twice(@VodaPayUser() user: VodaPayPrincipal) {
    return view(user);
  }

  @UseGuards(VodaPayAuthGuard)
  @VodaPayAuth({ credentials: ['authCode'], linking: 'existing-only' })
  @Post('known')
  @HttpCode(200)
  known(@VodaPayUser() user: VodaPayPrincipal) {
    return view(user);
  }

  @UseGuards(VodaPayAuthGuard)
  @RequireScopes('USER_CONTACTINFO')
  @Post('contact')
  @HttpCode(200)
  contact(@VodaPayUser() user: VodaPayPrincipal) {
    return view(user);
  }

  @Post('bare')
  @HttpCode(200)
  bare() {
    return { user: 'anybody' };
  }

  @Post('unguarded')
  @HttpCode(200)
  unguarded(@VodaPayUser() user: VodaPayPrincipal | undefined) {
    return view(user);
  }

  @VodaPayAuth()
  @Post('forgotten')
  @HttpCode(200)
  forgotten() {
    return { user: 'anybody' };
  }

  @UseGuards(VodaPayAuthGuard)
  @Public()
  @Post('contradictory')
  @HttpCode(200)
  contradictory() {
    return { user: 'anybody' };
  }
}

const over = (platform: 'express' | 'fastify'): TransportUnderTest => ({
  name: platform === 'express' ? 'Express' : 'Fastify',
  takesAuthCodes: true,
  start: async (setUp) => {
    const merchant = await startGuarded({ ...setUp, platform }, { controllers: [RoutesController] });
    return {
      merchant,
      call: async (route, { bearer, authCode } = {}) => {
        const init = { body: authCode === undefined ? {} : { authCode }, ...(bearer === undefined ? {} : { bearer }) };
        return outcomeOf((await merchant.request('POST', `/routes/${route}`, init)).body);
      },
      close: () => merchant.close(),
    };
  },
});

export const EXPRESS = over('express');
export const FASTIFY = over('fastify');
