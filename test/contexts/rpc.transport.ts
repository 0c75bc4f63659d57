import type { AddressInfo, Server } from 'node:net';
import { Controller, UseGuards } from '@nestjs/common';
import { ClientProxyFactory, MessagePattern, Transport as Nest } from '@nestjs/microservices';
import {
  Public,
  RequireScopes,
  VodaPayAuth,
  VodaPayAuthGuard,
  VodaPayUser,
  type VodaPayPrincipal,
} from 'nestjs-vodapay';
import { firstValueFrom } from 'rxjs';
import { startGuarded } from './merchant-with-guard.js';
import { outcomeOf, RECENT_MS, type Outcome, type TransportUnderTest } from './transport.js';
import { view } from './view.js';

@Controller()
class RoutesMessages {
  @UseGuards(VodaPayAuthGuard)
  @MessagePattern('me')
  me(@VodaPayUser() user: VodaPayPrincipal) {
    return view(user);
  }

  @Public()
  @MessagePattern('open')
  open() {
    return { user: 'anybody' };
  }

  @UseGuards(VodaPayAuthGuard)
  @VodaPayAuth({ optional: true })
  @MessagePattern('maybe')
  maybe(@VodaPayUser() user: VodaPayPrincipal | undefined) {
    return view(user);
  }

  @UseGuards(VodaPayAuthGuard)
  @VodaPayAuth({ freshWithinMs: RECENT_MS })
  @MessagePattern('recent')
  recent(@VodaPayUser() user: VodaPayPrincipal) {
    return view(user);
  }

  @UseGuards(VodaPayAuthGuard)
  @VodaPayAuth({ credentials: ['authCode'] })
  @MessagePattern('login')
  login(@VodaPayUser() user: VodaPayPrincipal) {
    return view(user);
  }

  @UseGuards(VodaPayAuthGuard, VodaPayAuthGuard)
  @VodaPayAuth({ credentials: ['authCode'] })
  @MessagePattern('twice')
  twice(@VodaPayUser() user: VodaPayPrincipal) {
    return view(user);
  }

  @UseGuards(VodaPayAuthGuard)
  @VodaPayAuth({ credentials: ['authCode'], linking: 'existing-only' })
  @MessagePattern('known')
  known(@VodaPayUser() user: VodaPayPrincipal) {
    return view(user);
  }

  @UseGuards(VodaPayAuthGuard)
  @RequireScopes('USER_CONTACTINFO')
  @MessagePattern('contact')
  contact(@VodaPayUser() user: VodaPayPrincipal) {
    return view(user);
  }

  @MessagePattern('bare')
  bare() {
    return { user: 'anybody' };
  }

  @MessagePattern('unguarded')
  unguarded(@VodaPayUser() user: VodaPayPrincipal | undefined) {
    return view(user);
  }

  @VodaPayAuth()
  @MessagePattern('forgotten')
  forgotten() {
    return { user: 'anybody' };
  }

  @UseGuards(VodaPayAuthGuard)
  @Public()
  @MessagePattern('contradictory')
  contradictory() {
    return { user: 'anybody' };
  }
}

const HOST = '127.0.0.1';

export const RPC: TransportUnderTest = {
  name: 'microservice messages over TCP',
  takesAuthCodes: true,
  start: async (setUp) => {
    let port = 0;
    const merchant = await startGuarded(setUp, { controllers: [RoutesMessages] }, async (app) => {
      const options = { host: HOST, port: 0 };
      const service = app.connectMicroservice({ transport: Nest.TCP, options }, { inheritAppConfig: true });
      await app.startAllMicroservices();
      ({ port } = service.unwrap<Server>().address() as AddressInfo);
    });
    const client = ClientProxyFactory.create({ transport: Nest.TCP, options: { host: HOST, port } });
    return {
      merchant,
      call: (route, { bearer, authCode } = {}) => {
        const headers = bearer === undefined ? {} : { headers: { authorization: `Bearer ${bearer}` } };
        const data = { ...(authCode === undefined ? {} : { authCode }), ...headers };
        return firstValueFrom(client.send<Outcome>(route, data)).then(outcomeOf, outcomeOf);
      },
      close: async () => {
        await client.close();
        await merchant.close();
      },
    };
  },
};
