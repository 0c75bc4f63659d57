import { Catch, Controller, Get, UseFilters, UseGuards, type ArgumentsHost } from '@nestjs/common';
import { Query, Resolver } from '@nestjs/graphql';
import { MessagePattern } from '@nestjs/microservices';
import { BaseWsExceptionFilter, SubscribeMessage, WebSocketGateway, WsException } from '@nestjs/websockets';
import { Public, VodaPayAuth, VodaPayAuthGuard, VodaPaySocketService, VodaPayUser } from 'nestjs-vodapay';

const whose = (userId: string | undefined) => ({ user: userId ?? 'nobody' });

@UseGuards(VodaPayAuthGuard)
@Controller('routes')
export class HttpRoutes {
  @Get('me')
  me(@VodaPayUser('userId') userId: string) {
    return whose(userId);
  }

  @Public()
  @Get('open')
  open() {
    return whose('anybody');
  }

  @VodaPayAuth({ optional: true })
  @Get('maybe')
  maybe(@VodaPayUser('userId') userId: string | undefined) {
    return whose(userId);
  }
}

@UseGuards(VodaPayAuthGuard)
@Controller()
export class MessageRoutes {
  @MessagePattern('me')
  me(@VodaPayUser('userId') userId: string) {
    return whose(userId);
  }

  @Public()
  @MessagePattern('open')
  open() {
    return whose('anybody');
  }

  @VodaPayAuth({ optional: true })
  @MessagePattern('maybe')
  maybe(@VodaPayUser('userId') userId: string | undefined) {
    return whose(userId);
  }
}

@UseGuards(VodaPayAuthGuard)
@Resolver()
export class Fields {
  @Query(() => String)
  me(@VodaPayUser('userId') userId: string) {
    return whose(userId).user;
  }

  @Public()
  @Query(() => String)
  open() {
    return whose('anybody').user;
  }

  @VodaPayAuth({ optional: true })
  @Query(() => String)
  maybe(@VodaPayUser('userId') userId: string | undefined) {
    return whose(userId).user;
  }
}

/** Nest 11's own filter loses exceptions on native ws sockets. */
@Catch(WsException)
class TellNativeSockets extends BaseWsExceptionFilter {
  override catch(exception: WsException, host: ArgumentsHost) {
    const client = host.switchToWs().getClient<{ readonly handshake?: unknown; send(text: string): void }>();
    if (client.handshake !== undefined) return super.catch(exception, host);
    client.send(JSON.stringify({ event: 'exception', data: exception.getError() }));
  }
}

@UseFilters(TellNativeSockets)
@UseGuards(VodaPayAuthGuard)
@WebSocketGateway()
export class Gateway {
  constructor(private readonly sockets: VodaPaySocketService) {}

  async handleConnection(client: object, request?: { readonly headers: object }) {
    await this.sockets.admit(client, request, { optional: true });
  }

  @SubscribeMessage('me')
  me(@VodaPayUser('userId') userId: string) {
    return { event: 'answer', data: whose(userId) };
  }

  @Public()
  @SubscribeMessage('open')
  open() {
    return { event: 'answer', data: whose('anybody') };
  }

  @VodaPayAuth({ optional: true })
  @SubscribeMessage('maybe')
  maybe(@VodaPayUser('userId') userId: string | undefined) {
    return { event: 'answer', data: whose(userId) };
  }
}
