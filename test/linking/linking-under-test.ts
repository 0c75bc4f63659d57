import { createSecretKey } from 'node:crypto';
import type { DataSource } from 'typeorm';
import type { AccountDirectory } from '../../libs/vodapay/src/linking/account-directory.js';
import { LinkChanges } from '../../libs/vodapay/src/linking/change/link-changes.js';
import type { LinkLogin } from '../../libs/vodapay/src/linking/link-login.js';
import { createLinkProofs } from '../../libs/vodapay/src/linking/proof/create-link-proofs.js';
import { VodaPayAccountLinkRepository } from '../../libs/vodapay/src/linking/vodapay-account-link.repository.js';
import { VodaPayLinkingService } from '../../libs/vodapay/src/linking/vodapay-linking.service.js';
import { AesSecretBox } from '../../libs/vodapay/src/session/aes-secret-box.js';
import { VodaPaySessionRepository } from '../../libs/vodapay/src/session/vodapay-session.repository.js';
import { VODAPAY_ENTITIES } from '../../libs/vodapay/src/vodapay.entities.js';
import { VODAPAY_MIGRATIONS } from '../../libs/vodapay/src/vodapay.migrations.js';
import { DEFAULTS, type ResolvedVodaPayOptions } from '../../libs/vodapay/src/vodapay.options.js';

export const LIBRARY = { entities: [...VODAPAY_ENTITIES], migrations: [...VODAPAY_MIGRATIONS] };
export const NAMESPACE = 'sandbox:2021072719000000000001';
export const CLIENT_ID = '2021072719000000000001';
/** The same in all processes of a test. */
const KEY = createSecretKey(Buffer.alloc(32, 7));

/** The options of linking, as a test may set them. */
export type LinkingSettings = Partial<ResolvedVodaPayOptions['linking']>;

export interface LinkingUnderTest {
  readonly links: VodaPayAccountLinkRepository;
  readonly sessions: VodaPaySessionRepository;
  readonly changes: LinkChanges;
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
  directory: AccountDirectory | AccountDirectory<number>,
  now: () => number = Date.now,
  more: LinkingSettings & { readonly clientId?: string; readonly namespace?: string } = {},
): LinkingUnderTest {
  const { clientId = CLIENT_ID, namespace = NAMESPACE, ...linking } = more;
  const accounts = directory as AccountDirectory<string | number>;
  const options = {
    accounts,
    linking: { ...DEFAULTS.linking, merchantName: 'Corner Shop', ...linking },
    namespace,
    clientId,
    correlationKey: KEY,
  };
  const links = new VodaPayAccountLinkRepository(dataSource);
  const sessions = new VodaPaySessionRepository(dataSource, options);
  const settings = { ...options.linking, accounts, namespace, correlationKey: KEY, notifier: linking.notifier };
  const changes = new LinkChanges(dataSource, sessions, settings, now);
  const box = new AesSecretBox(new Map([['test', KEY]]));
  const proofs = createLinkProofs(dataSource, links, changes, sessions, box, options, now);
  const service = new VodaPayLinkingService(links, options, now, proofs, changes);
  return {
    links,
    sessions,
    changes,
    service,
    login: (userId, { namespace: its = namespace, signal, ...contact } = {}) =>
      service.linkAtLogin(
        { ...loginOf(userId, its), clientId },
        { userId, ...contact },
        signal === undefined ? {} : { signal },
      ),
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
