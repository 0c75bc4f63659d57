import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { AccountDirectory, VodaPayError, type AccountStatus, type VodaPayProfile } from 'nestjs-vodapay';
import type { Repository } from 'typeorm';
import { Account } from './account.entity.js';
import { displayName } from './display-name.js';

/** What the shop wants to know before a customer's first order. */
export type AccountDetail = 'displayName' | 'email';
const WANTED: readonly AccountDetail[] = ['displayName', 'email'];

/** The shop's accounts, and what nestjs-vodapay asks of them. */
@Injectable()
export class AccountsService extends AccountDirectory {
  constructor(@InjectRepository(Account) private readonly accounts: Repository<Account>) {
    super();
  }

  /**
   * Makes the account of this key once: whoever inserts first wins, everybody reads that row. E-mail and phone of the
   * profile stay out, because VodaPay does not say whether they are verified.
   */
  async create(profile: VodaPayProfile, { idempotencyKey }: { readonly idempotencyKey: string }) {
    await this.accounts
      .createQueryBuilder()
      .insert()
      .values({
        id: randomUUID(),
        idempotencyKey,
        state: 'active',
        displayName: displayName(profile),
        email: null,
        createdAt: Date.now(),
      })
      .orIgnore()
      .updateEntity(false)
      .execute();
    const { id } = await this.accounts.findOneByOrFail({ idempotencyKey });
    return { id };
  }

  async find(id: string): Promise<AccountStatus | undefined> {
    const account = await this.accounts.findOneBy({ id });
    return account === null ? undefined : { state: account.state, missing: missingDetails(account) };
  }

  /** The account behind a session. Throws VODAPAY_LINK_ORPHANED when it was deleted meanwhile. */
  async get(id: string): Promise<Account> {
    const account = await this.accounts.findOneBy({ id });
    if (account === null) throw new VodaPayError('VODAPAY_LINK_ORPHANED');
    return account;
  }

  async complete(id: string, details: Partial<Record<AccountDetail, string>>): Promise<Account> {
    await this.accounts.update({ id }, details);
    return this.get(id);
  }
}

/** The details that the account still lacks. */
export function missingDetails(account: Account): readonly AccountDetail[] {
  return WANTED.filter((detail) => account[detail] === null);
}
