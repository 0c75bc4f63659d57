import { errorType } from '../telemetry/error-type.js';
import { correlationId } from '../telemetry/correlation.js';
import { tellLog } from '../telemetry/tell-log.js';
import type { AccountDirectory } from './account-directory.js';
import { nativeAccountId } from './account-id.js';
import { askDirectory } from './ask-directory.js';
import { syncedProfile, type ProfileSyncPolicy, type SyncedProfile } from './synced-profile.js';
import type { VodaPayProfile } from './vodapay-profile.js';

/** Which part of the wallet's profile reaches the merchant's account, and when. */
export class ProfileSync {
  constructor(
    private readonly policy: ProfileSyncPolicy,
    private readonly directory: AccountDirectory<string | number>,
  ) {}

  /** What `create` gets. Under `never` no profile, but the contacts, by which a conflict is found. */
  forCreate(profile: VodaPayProfile): VodaPayProfile {
    if (this.policy !== 'never') return profile;
    const { userId, email, phone } = profile;
    return Object.freeze({ userId, ...(email !== undefined && { email }), ...(phone !== undefined && { phone }) });
  }

  /**
   * After a login to an account that was there before: off its path (I6), and it fails no login.
   *
   * @param id the login's correlation id. Default: that of the work which is running, and may be over before this
   */
  afterLogin(accountId: string, profile: VodaPayProfile, id = correlationId()): void {
    if (this.policy !== 'on-login' || this.directory.updateProfile === undefined) return;
    const synced = syncedProfile(profile);
    if (synced === undefined) return;
    this.update(accountId, synced).catch((error: unknown) => {
      tellLog('vodapay.directory.profile-not-synced', { code: errorType(error) }, id);
    });
  }

  private async update(accountId: string, profile: SyncedProfile): Promise<void> {
    const id = nativeAccountId(accountId, this.directory);
    await askDirectory(async () => this.directory.updateProfile?.(id, profile));
  }
}
