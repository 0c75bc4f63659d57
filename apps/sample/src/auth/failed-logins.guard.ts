import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { ThrottlerStorageService } from '@nestjs/throttler';
import type { Request, Response } from 'express';
import { VodaPayError } from 'nestjs-vodapay';
import { FAILED_LOGINS_PER_MINUTE } from './failed-logins.limit.js';

/** The status of a code that VodaPay does not take. */
const BAD_AUTH_CODE = 401;
const MINUTE_MS = 60_000;
/** Addresses remembered as refused; the one refused first leaves first. */
const MAX_ADDRESSES = 10_000;

/**
 * Refuses an address that brings too many bad auth codes: they would use up VodaPay's traffic limit, which all users of
 * this merchant share. Good logins don't count, since a thousand users may come from one carrier's address.
 */
@Injectable()
export class FailedLoginsGuard implements CanActivate {
  /** Until when an address is refused, epoch milliseconds. */
  private readonly refusedUntil = new Map<string, number>();

  constructor(
    private readonly storage: ThrottlerStorageService,
    @Inject(FAILED_LOGINS_PER_MINUTE) private readonly limit: number,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    const { ip = 'unknown' } = context.switchToHttp().getRequest<Request>();
    const remainingMs = (this.refusedUntil.get(ip) ?? 0) - Date.now();
    if (remainingMs > 0) throw new VodaPayError('VODAPAY_TOO_MANY_ATTEMPTS', { retryAfterMs: remainingMs });
    this.refusedUntil.delete(ip);
    const response = context.switchToHttp().getResponse<Response>();
    response.once('finish', () => {
      if (response.statusCode === BAD_AUTH_CODE) void this.count(ip);
    });
    return true;
  }

  private async count(ip: string): Promise<void> {
    const { isBlocked, timeToBlockExpire } = await this.storage.increment(
      ip,
      MINUTE_MS,
      this.limit,
      MINUTE_MS,
      'failed logins',
    );
    if (isBlocked) this.refuse(ip, Date.now() + timeToBlockExpire * 1_000);
  }

  private refuse(ip: string, until: number): void {
    this.refusedUntil.set(ip, until);
    const [first] = this.refusedUntil.keys();
    if (this.refusedUntil.size > MAX_ADDRESSES && first !== undefined) this.refusedUntil.delete(first);
  }
}
