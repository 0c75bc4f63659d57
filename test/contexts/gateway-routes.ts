import type { IncomingMessage } from 'node:http';
import { UseGuards } from '@nestjs/common';
import { SubscribeMessage, WebSocketGateway, type OnGatewayConnection } from '@nestjs/websockets';
import {
  Public,
  RequireScopes,
  VodaPayAuth,
  VodaPayAuthGuard,
  VodaPaySocketService,
  VodaPayUser,
  type VodaPayPrincipal,
} from 'nestjs-vodapay';
import { RECENT_MS } from './transport.js';
import { view } from './view.js';

/** Sent as `{ event: 'answer', data }` by both adapters. */
const answer = (data: { readonly user: string | null }) => ({ event: 'answer', data });

@WebSocketGateway()
export class RoutesGateway implements OnGatewayConnection {
  constructor(private readonly sockets: VodaPaySocketService) {}

  async handleConnection(client: object, request?: IncomingMessage): Promise<void> {
    await this.sockets.admit(client, request, { optional: true });
  }

  @UseGuards(VodaPayAuthGuard)
  @SubscribeMessage('me')
  me(@VodaPayUser() user: VodaPayPrincipal) {
    return answer(view(user));
  }

  @Public()
  @SubscribeMessage('open')
  open() {
    return answer({ user: 'anybody' });
  }

  @UseGuards(VodaPayAuthGuard)
  @VodaPayAuth({ optional: true })
  @SubscribeMessage('maybe')
  maybe(@VodaPayUser() user: VodaPayPrincipal | undefined) {
    return answer(view(user));
  }

  @UseGuards(VodaPayAuthGuard)
  @VodaPayAuth({ freshWithinMs: RECENT_MS })
  @SubscribeMessage('recent')
  recent(@VodaPayUser() user: VodaPayPrincipal) {
    return answer(view(user));
  }

  @UseGuards(VodaPayAuthGuard)
  @VodaPayAuth({ credentials: ['authCode'] })
  @SubscribeMessage('login')
  login(@VodaPayUser() user: VodaPayPrincipal) {
    return answer(view(user));
  }

  @UseGuards(VodaPayAuthGuard, VodaPayAuthGuard)
  @VodaPayAuth({ credentials: ['authCode'] })
  @SubscribeMessage('twice')
  twice(@VodaPayUser() user: VodaPayPrincipal) {
    return answer(view(user));
  }

  @UseGuards(VodaPayAuthGuard)
  @VodaPayAuth({ credentials: ['authCode'], linking: 'existing-only' })
  @SubscribeMessage('known')
  known(@VodaPayUser() user: VodaPayPrincipal) {
    return answer(view(user));
  }

  @UseGuards(VodaPayAuthGuard)
  @RequireScopes('USER_CONTACTINFO')
  @SubscribeMessage('contact')
  contact(@VodaPayUser() user: VodaPayPrincipal) {
    return answer(view(user));
  }

  @SubscribeMessage('bare')
  bare() {
    return answer({ user: 'anybody' });
  }

  @SubscribeMessage('unguarded')
  unguarded(@VodaPayUser() user: VodaPayPrincipal | undefined) {
    return answer(view(user));
  }

  @VodaPayAuth()
  @SubscribeMessage('forgotten')
  forgotten() {
    return answer({ user: 'anybody' });
  }

  @UseGuards(VodaPayAuthGuard)
  @Public()
  @SubscribeMessage('contradictory')
  contradictory() {
    return answer({ user: 'anybody' });
  }
}
