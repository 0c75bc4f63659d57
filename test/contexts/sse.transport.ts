import { Controller, Sse, UseGuards, type MessageEvent } from '@nestjs/common';
import {
  Public,
  RequireScopes,
  VodaPayAuth,
  VodaPayAuthGuard,
  VodaPayUser,
  type VodaPayPrincipal,
} from 'nestjs-vodapay';
import { of, type Observable } from 'rxjs';
import { startGuarded } from './merchant-with-guard.js';
import { outcomeOf, RECENT_MS, type TransportUnderTest } from './transport.js';
import { view } from './view.js';

/** A stream of one event that says whose it is. */
const streamOf = (data: object): Observable<MessageEvent> => of({ data });

@Controller('routes')
class StreamsController {
  @UseGuards(VodaPayAuthGuard)
  @Sse('me')
  me(@VodaPayUser() user: VodaPayPrincipal) {
    return streamOf(view(user));
  }

  @Public()
  @Sse('open')
  open() {
    return streamOf({ user: 'anybody' });
  }

  @UseGuards(VodaPayAuthGuard)
  @VodaPayAuth({ optional: true })
  @Sse('maybe')
  maybe(@VodaPayUser() user: VodaPayPrincipal | undefined) {
    return streamOf(view(user));
  }

  @UseGuards(VodaPayAuthGuard)
  @VodaPayAuth({ freshWithinMs: RECENT_MS })
  @Sse('recent')
  recent(@VodaPayUser() user: VodaPayPrincipal) {
    return streamOf(view(user));
  }

  @UseGuards(VodaPayAuthGuard)
  @RequireScopes('USER_CONTACTINFO')
  @Sse('contact')
  contact(@VodaPayUser() user: VodaPayPrincipal) {
    return streamOf(view(user));
  }

  @Sse('bare')
  bare() {
    return streamOf({ user: 'anybody' });
  }

  @Sse('unguarded')
  unguarded(@VodaPayUser() user: VodaPayPrincipal | undefined) {
    return streamOf(view(user));
  }

  @VodaPayAuth()
  @Sse('forgotten')
  forgotten() {
    return streamOf({ user: 'anybody' });
  }

  @UseGuards(VodaPayAuthGuard)
  @Public()
  @Sse('contradictory')
  contradictory() {
    return streamOf({ user: 'anybody' });
  }
}

export const SSE: TransportUnderTest = {
  name: 'server-sent events',
  takesAuthCodes: false,
  start: async (setUp) => {
    const merchant = await startGuarded(setUp, { controllers: [StreamsController] });
    return {
      merchant,
      call: async (route, { bearer } = {}) => {
        const headers = bearer === undefined ? {} : { authorization: `Bearer ${bearer}` };
        const answer = await (await fetch(`${merchant.url}/routes/${route}`, { headers })).text();
        const [, data] = /^data: (.*)$/m.exec(answer) ?? [];
        return outcomeOf(eventOf(data ?? answer));
      },
      close: () => merchant.close(),
    };
  },
};

/** An error after the stream has begun is told as text. */
function eventOf(text: string): unknown {
  return text.startsWith('{') ? JSON.parse(text) : undefined;
}
