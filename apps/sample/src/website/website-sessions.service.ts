import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Request, Response } from 'express';
import type { Repository } from 'typeorm';
import { isDevelopment } from '../mail/mails.service.js';
import { WebsiteSession } from './website-session.entity.js';

const COOKIE = 'website_session';
const LIFETIME_MS = 8 * 3_600_000;

/** Browser sessions of the website: a cookie that no script reads and no other site's request carries. */
@Injectable()
export class WebsiteSessions {
  constructor(@InjectRepository(WebsiteSession) private readonly sessions: Repository<WebsiteSession>) {}

  async open(accountId: string, response: Response): Promise<void> {
    const token = randomBytes(32).toString('base64url');
    await this.sessions.insert({ tokenHash: hash(token), accountId, expiresAt: Date.now() + LIFETIME_MS });
    response.cookie(COOKIE, token, {
      httpOnly: true,
      sameSite: 'strict',
      secure: !isDevelopment(),
      path: '/website',
      maxAge: LIFETIME_MS,
    });
  }

  /** The account that this browser is signed in to. */
  async accountOf(request: Request): Promise<string | undefined> {
    const token = new RegExp(`(?:^|;\\s*)${COOKIE}=([\\w-]{43})(?:;|$)`).exec(request.headers.cookie ?? '')?.[1];
    if (token === undefined) return undefined;
    const session = await this.sessions.findOneBy({ tokenHash: hash(token) });
    return session !== null && session.expiresAt > Date.now() ? session.accountId : undefined;
  }
}

function hash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
