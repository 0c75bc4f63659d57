import { Injectable } from '@nestjs/common';
import { VodaPayError, type VodaPayPrincipal } from 'nestjs-vodapay';
import { summarise } from '../accounts/account.models.js';
import { AccountsService } from '../accounts/accounts.service.js';
import type { LoginAnswer } from './login.models.js';

/** What the mini program gets when somebody has signed in. */
@Injectable()
export class LoginAnswers {
  constructor(private readonly accounts: AccountsService) {}

  async of({ accountId, session, outcome }: VodaPayPrincipal): Promise<LoginAnswer> {
    if (session?.token === undefined || outcome === undefined) throw new VodaPayError('VODAPAY_CREDENTIALS_MISSING');
    const account = summarise(await this.accounts.get(accountId));
    return { session: { token: session.token, expiresAt: session.expiresAt }, account, outcome };
  }
}
