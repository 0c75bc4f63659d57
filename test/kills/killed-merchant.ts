import type { DataSource } from 'typeorm';
import type { AccountCandidate } from '../../libs/vodapay/src/linking/account-directory.js';
import { LinkProofSender, type LinkProof } from '../../libs/vodapay/src/linking/proof/link-proof-sender.js';
import type { VodaPayProfile } from '../../libs/vodapay/src/linking/vodapay-profile.js';
import { linkingOn, type LinkingSettings, type LinkingUnderTest } from '../linking/linking-under-test.js';
import { MerchantAccounts } from '../linking/merchant-accounts.js';

/** Accounts in the same database that have a password each, and whose owners an e-mail `<account id>@…` finds. */
class Accounts extends MerchantAccounts {
  override async otherSignInMethods(): Promise<number> {
    return 1;
  }

  override async findCandidates({ email }: VodaPayProfile): Promise<readonly AccountCandidate[]> {
    const id = email?.split('@')[0];
    return id !== undefined && (await this.find(id)) !== undefined
      ? [{ id, contact: 'email', contactVerified: true }]
      : [];
  }
}

/** Keeps the last code that was sent to each account. */
class Mailbox extends LinkProofSender {
  readonly codes = new Map<string, string>();

  async send({ accountId, code }: LinkProof): Promise<void> {
    this.codes.set(accountId, code);
  }
}

/** The merchant's server as one process has it: the one that is killed, and the one that goes on. */
export interface KilledMerchant extends LinkingUnderTest {
  readonly dataSource: DataSource;
  readonly accounts: MerchantAccounts;
  /** The code that the account's owner found in the mail. */
  readonly codeOf: (accountId: string) => string;
}

export function merchantOn(
  dataSource: DataSource,
  settings: LinkingSettings = {},
  now: () => number = Date.now,
): KilledMerchant {
  const accounts = new Accounts(dataSource);
  const proofSender = new Mailbox();
  const linking = linkingOn(dataSource, accounts, now, { proofSender, ...settings });
  return { ...linking, dataSource, accounts, codeOf: (accountId) => proofSender.codes.get(accountId) ?? '' };
}
