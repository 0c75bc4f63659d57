import { AccountDirectory, type AccountStatus } from '../../libs/vodapay/src/linking/account-directory.js';
import type { VodaPayProfile } from '../../libs/vodapay/src/linking/vodapay-profile.js';

type Creation = Awaited<ReturnType<AccountDirectory['create']>>;
type Create = (profile: VodaPayProfile, idempotencyKey: string) => Promise<Creation>;

/** A merchant whose accounts stand in memory: idempotent by key, as the port demands, unless a test replaces `onCreate`. */
export class MemoryAccounts extends AccountDirectory {
  readonly accounts = new Map<string, { state: AccountStatus['state']; readonly missing: readonly string[] }>();
  /** Every call of `create`, by its key. */
  readonly keys: string[] = [];
  onCreate: Create = async (_, idempotencyKey) => {
    const id = `account-${idempotencyKey}`;
    return { id: this.accounts.has(id) ? id : this.add(id) };
  };

  async create(profile: VodaPayProfile, { idempotencyKey }: { readonly idempotencyKey: string }): Promise<Creation> {
    this.keys.push(idempotencyKey);
    return this.onCreate(profile, idempotencyKey);
  }

  async find(id: string): Promise<AccountStatus | undefined> {
    const account = this.accounts.get(id);
    return account && { ...account };
  }

  add(id: string, state: AccountStatus['state'] = 'active'): string {
    this.accounts.set(id, { state, missing: [] });
    return id;
  }
}
