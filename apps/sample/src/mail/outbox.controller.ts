import { Controller, Get, NotFoundException, Req } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request } from 'express';
import { isDevelopment, Mails, type Mail } from './mails.service.js';

const LOOPBACK: ReadonlySet<string | undefined> = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

/** The mails that would have been sent: in development only, and for this machine only. */
@ApiExcludeController()
@Controller('development/outbox')
export class OutboxController {
  constructor(private readonly mails: Mails) {}

  /** By the socket's own address: a header such as X-Forwarded-For is the client's word. */
  @Get()
  outbox(@Req() request: Request): readonly Mail[] {
    const isProxied = request.headers['x-forwarded-for'] !== undefined || request.headers.forwarded !== undefined;
    if (!isDevelopment() || isProxied || !LOOPBACK.has(request.socket.remoteAddress)) throw new NotFoundException();
    return this.mails.outbox;
  }
}
