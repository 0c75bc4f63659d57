import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import {
  AccountDirectory,
  VodaPayError,
  type AccountCandidate,
  type AccountStatus,
  type VodaPayProfile,
} from 'nestjs-vodapay';
import { IsNull, Not, type Repository } from 'typeorm';
import { Credential } from '../website/credential.entity.js';
import { WebsiteSession } from '../website/website-session.entity.js';
import { Account } from './account.entity.js';
import { displayName } from './display-name.js';

/** What the shop wants to know before a customer's first order. */
export type AccountDetail = 'displayName' | 'email';
const WANTED: readonly AccountDetail[] = ['displayName', 'email'];

/** The shop's accounts, and what nestjs-vodapay asks of them. */
@Injectable()
export class AccountsService extends AccountDirectory {
  constructor(
    @InjectRepository(Account) private readonly accounts: Repository<Account>,
    @InjectRepository(Credential) private readonly credentials: Repository<Credential>,
    @InjectRepository(WebsiteSession) private readonly websiteSessions: Repository<WebsiteSession>,
  ) {
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
        emailVerifiedAt: null,
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

  /** Who has that e-mail and has shown it to the shop itself. Phone numbers are not asked for, so none is verified. */
  override async findCandidates({ email }: VodaPayProfile): Promise<readonly AccountCandidate[]> {
    if (email === undefined) return [];
    const owners = await this.accounts.findBy({ email: email.toLowerCase(), emailVerifiedAt: Not(IsNull()) });
    return owners.map(({ id }) => ({ id, contact: 'email', contactVerified: true }) as const);
  }

  /** A proven password. One that is not may be a stranger's, and is dropped when the owner shows up. */
  override otherSignInMethods(accountId: string): Promise<number> {
    return this.credentials.countBy({ accountId, provenAt: Not(IsNull()) });
  }

  /** A password that its setter has not shown together with the mailbox, and every browser of the website. */
  override async dropUnprovenCredentials(accountId: string): Promise<void> {
    await this.credentials.delete({ accountId, provenAt: IsNull() });
    await this.websiteSessions.delete({ accountId });
  }

  /** An account of the website, its e-mail not yet verified. */
  async register(id: string, email: string): Promise<void> {
    const account = { id, idempotencyKey: id, state: 'active', displayName: null, email } as const;
    await this.accounts.insert({ ...account, emailVerifiedAt: null, createdAt: Date.now() });
  }

  /** Unless the account has another e-mail by now. */
  async markVerified(id: string, email: string): Promise<void> {
    await this.accounts.update({ id, email }, { emailVerifiedAt: Date.now() });
  }

  async verifiedEmail(id: string): Promise<string> {
    const { email, emailVerifiedAt } = await this.get(id);
    if (email === null || emailVerifiedAt === null) throw new Error('The account has no verified e-mail.');
    return email;
  }

  /** The account behind a session. Throws VODAPAY_LINK_ORPHANED when it was deleted meanwhile. */
  async get(id: string): Promise<Account> {
    const account = await this.accounts.findOneBy({ id });
    if (account === null) throw new VodaPayError('VODAPAY_LINK_ORPHANED');
    return account;
  }

  async complete(id: string, details: Partial<Record<AccountDetail, string>>): Promise<Account> {
    // A new e-mail is only what somebody typed, until the shop has verified it.
    const { email } = await this.get(id);
    const isNew = details.email !== undefined && details.email !== email;
    await this.accounts.update({ id }, { ...details, ...(isNew && { emailVerifiedAt: null }) });
    return this.get(id);
  }
}

/** The details that the account still lacks. */
export function missingDetails(account: Account): readonly AccountDetail[] {
  return WANTED.filter((detail) => account[detail] === null);
}
