import { AccountDirectory, type AccountStatus, type VodaPayProfile } from 'nestjs-vodapay';

/** A merchant's accounts in memory: idempotent by key, as the port demands, and counting. */
export class MemoryAccounts extends AccountDirectory {
  readonly accounts = new Map<string, { readonly profile: VodaPayProfile; state: AccountStatus['state'] }>();
  /** Every call of `create`, by its key. */
  readonly created: string[] = [];

  override async create(profile: VodaPayProfile, { idempotencyKey }: { readonly idempotencyKey: string }) {
    this.created.push(idempotencyKey);
    const id = `account-${idempotencyKey}`;
    if (!this.accounts.has(id)) this.accounts.set(id, { profile, state: 'active' });
    return { id };
  }

  override async find(id: string): Promise<AccountStatus | undefined> {
    const account = this.accounts.get(id);
    return account && { state: account.state, missing: [] };
  }
}
