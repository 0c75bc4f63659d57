import type { IncomingMessage } from 'node:http';
import { Body, Controller, HttpCode, Post, UseGuards } from '@nestjs/common';
import { Args, Query, Resolver } from '@nestjs/graphql';
import { MessagePattern } from '@nestjs/microservices';
import { SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import { VodaPayAuth, VodaPayAuthGuard, VodaPaySocketService, VodaPayUser } from 'nestjs-vodapay';

@Controller()
export class HostileController {
  @UseGuards(VodaPayAuthGuard)
  @Post('who')
  @HttpCode(200)
  who(@VodaPayUser('userId') userId: string) {
    return { userId };
  }

  @UseGuards(VodaPayAuthGuard)
  @VodaPayAuth({ credentials: ['authCode'] })
  @Post('sign-in')
  @HttpCode(200)
  signIn(@VodaPayUser('userId') userId: string, @Body() _body: unknown) {
    return { userId };
  }
}

@WebSocketGateway()
export class HostileGateway {
  constructor(private readonly sockets: VodaPaySocketService) {}

  async handleConnection(client: object, request?: IncomingMessage): Promise<void> {
    await this.sockets.admit(client, request, { optional: true });
  }

  @UseGuards(VodaPayAuthGuard)
  @SubscribeMessage('who')
  who(@VodaPayUser('userId') userId: string) {
    return { event: 'answer', data: { userId } };
  }

  @UseGuards(VodaPayAuthGuard)
  @VodaPayAuth({ credentials: ['authCode'] })
  @SubscribeMessage('sign-in')
  signIn(@VodaPayUser('userId') userId: string) {
    return { event: 'answer', data: { userId } };
  }
}

@Controller()
export class HostileMessages {
  @UseGuards(VodaPayAuthGuard)
  @MessagePattern('who')
  who(@VodaPayUser('userId') userId: string) {
    return { userId };
  }

  @UseGuards(VodaPayAuthGuard)
  @VodaPayAuth({ credentials: ['authCode'] })
  @MessagePattern('sign-in')
  signIn(@VodaPayUser('userId') userId: string) {
    return { userId };
  }
}

@Resolver()
export class HostileResolver {
  @UseGuards(VodaPayAuthGuard)
  @Query(() => String, { nullable: true })
  who(@VodaPayUser('userId') userId: string) {
    return userId;
  }

  @UseGuards(VodaPayAuthGuard)
  @VodaPayAuth({ credentials: ['authCode'] })
  @Query(() => String, { nullable: true })
  signIn(@Args('authCode') _authCode: string, @VodaPayUser('userId') userId: string) {
    return userId;
  }
}
