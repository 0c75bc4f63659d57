import { AccountDirectory, type AccountStatus } from '../../libs/vodapay/src/linking/account-directory.js';
import type { VodaPayProfile } from '../../libs/vodapay/src/linking/vodapay-profile.js';

type Creation = Awaited<ReturnType<AccountDirectory['create']>>;
type Create = (profile: VodaPayProfile, idempotencyKey: string) => Promise<Creation>;

/** A merchant whose accounts stand in memory and whose `create` a test may replace. */
export class MemoryAccounts extends AccountDirectory {
  readonly accounts = new Map<string, AccountStatus>();
  readonly keys: string[] = [];
  onCreate: Create = async (_, idempotencyKey) => ({ id: this.add(`account-${idempotencyKey}`) });

  async create(profile: VodaPayProfile, { idempotencyKey }: { readonly idempotencyKey: string }): Promise<Creation> {
    this.keys.push(idempotencyKey);
    return this.onCreate(profile, idempotencyKey);
  }

  async find(id: string): Promise<AccountStatus | undefined> {
    return this.accounts.get(id);
  }

  add(id: string, state: AccountStatus['state'] = 'active'): string {
    this.accounts.set(id, { state, missing: [] });
    return id;
  }
}
