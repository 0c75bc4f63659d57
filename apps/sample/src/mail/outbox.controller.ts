import { Controller, Get, NotFoundException, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { isDevelopment, Mails, type Mail } from './mails.service.js';
import { outboxPage } from './outbox-page.js';

const LOOPBACK: ReadonlySet<string | undefined> = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

/** The mails that would have been sent: in development only, and for this machine only. */
@ApiExcludeController()
@Controller('development/outbox')
export class OutboxController {
  constructor(private readonly mails: Mails) {}

  /** A page for a browser, JSON for a program. By the socket's own address: a header such as X-Forwarded-For is the client's word. */
  @Get()
  outbox(@Req() request: Request, @Res({ passthrough: true }) response: Response): string | readonly Mail[] {
    const isProxied = request.headers['x-forwarded-for'] !== undefined || request.headers.forwarded !== undefined;
    if (!isDevelopment() || isProxied || !LOOPBACK.has(request.socket.remoteAddress)) throw new NotFoundException();
    if (request.accepts(['json', 'html']) !== 'html') return this.mails.outbox;
    response.type('html');
    return outboxPage(this.mails.outbox);
  }
}
