import type { DataSource } from 'typeorm';
import type { AccountDirectory } from '../../libs/vodapay/src/linking/account-directory.js';
import type { LinkLogin } from '../../libs/vodapay/src/linking/link-login.js';
import { VodaPayAccountLinkRepository } from '../../libs/vodapay/src/linking/vodapay-account-link.repository.js';
import { VodaPayLinkingService } from '../../libs/vodapay/src/linking/vodapay-linking.service.js';
import { VODAPAY_ENTITIES } from '../../libs/vodapay/src/vodapay.entities.js';
import { VODAPAY_MIGRATIONS } from '../../libs/vodapay/src/vodapay.migrations.js';

export const LIBRARY = { entities: [...VODAPAY_ENTITIES], migrations: [...VODAPAY_MIGRATIONS] };
export const NAMESPACE = 'sandbox:2021072719000000000001';
export const CLIENT_ID = '2021072719000000000001';

export interface LinkingUnderTest {
  readonly links: VodaPayAccountLinkRepository;
  readonly service: VodaPayLinkingService;
  /** Signs a user in, with a profile that holds the user id only unless more is given. */
  readonly login: (
    userId: string,
    more?: {
      readonly namespace?: string;
      readonly signal?: AbortSignal;
      readonly email?: string;
      readonly phone?: string;
    },
  ) => ReturnType<VodaPayLinkingService['linkAtLogin']>;
}

/** The linking service as one process has it. */
export function linkingOn(
  dataSource: DataSource,
  accounts: AccountDirectory | AccountDirectory<number>,
  now: () => number = Date.now,
): LinkingUnderTest {
  const links = new VodaPayAccountLinkRepository(dataSource);
  const options = { accounts: accounts as AccountDirectory<string | number>, linking: { policy: 'create' } } as const;
  const service = new VodaPayLinkingService(links, options, now);
  return {
    links,
    service,
    login: (userId, { namespace = NAMESPACE, signal, ...contact } = {}) =>
      service.linkAtLogin(loginOf(userId, namespace), { userId, ...contact }, signal === undefined ? {} : { signal }),
  };
}

export function loginOf(userId: string, namespace = NAMESPACE): LinkLogin {
  return { namespace, userId, clientId: CLIENT_ID };
}

/** All rows of the links table. */
export async function storedLinks(dataSource: DataSource) {
  return (await dataSource.query(
    'SELECT id, namespace, vodapay_user_id, account_id, state FROM vodapay_account_link ORDER BY id',
  )) as readonly { id: string; namespace: string; vodapay_user_id: string; account_id: string | null; state: string }[];
}
