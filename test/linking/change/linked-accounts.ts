import type { LinkNotice } from '../../../libs/vodapay/src/linking/link-notifier.js';
import { LinkNotifier } from '../../../libs/vodapay/src/linking/link-notifier.js';
import { MemoryAccounts } from '../memory-accounts.js';

/** Accounts that may have passwords too, and whose profile can be updated. */
export class AccountsWithPasswords extends MemoryAccounts {
  readonly passwords = new Set<string>();
  readonly updates: (readonly [id: string, profile: object])[] = [];
  onUpdate: () => Promise<void> = async () => undefined;

  override async otherSignInMethods(id: string): Promise<number> {
    return this.passwords.has(id) ? 1 : 0;
  }

  override async updateProfile(id: string, profile: object): Promise<void> {
    this.updates.push([id, profile]);
    await this.onUpdate();
  }
}

/** Collects what it is told; fails when asked to. */
export class Notices extends LinkNotifier {
  readonly told: LinkNotice[] = [];
  failure: Error | undefined;

  override async notify(notice: LinkNotice): Promise<void> {
    this.told.push(notice);
    if (this.failure !== undefined) throw this.failure;
  }
}
