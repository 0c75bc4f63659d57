import { accountProvenBy } from '../../libs/vodapay/src/linking/change/proven-account.js';
import { VodaPayError } from '../../libs/vodapay/src/errors/vodapay-error.js';
import type { LinkingSettings } from '../linking/linking-under-test.js';
import type { KilledMerchant } from './killed-merchant.js';

/** What the killed process is given, as JSON. */
export type Subject = { readonly userId: string } & Readonly<Record<string, string>>;

/** Something that a server does in several statements, and may be killed in. */
export interface Operation {
  readonly settings?: LinkingSettings;
  /** Brings one user to where the operation begins. */
  readonly prepare: (merchant: KilledMerchant, userId: string) => Promise<Subject>;
  /** The operation itself; runs in the process that is killed. */
  readonly run: (merchant: KilledMerchant, subject: Subject) => Promise<unknown>;
  /** The next login of the user. Returns the account that it opened. */
  readonly next: (merchant: KilledMerchant, subject: Subject) => Promise<string>;
  /**
   * The stories that the tables may tell of a user in the end: kinds of her link's events, oldest first. `same` says
   * whether the next login opened the account of the beginning.
   */
  readonly stories: readonly { readonly same: boolean; readonly kinds: readonly string[] }[];
}

async function login(merchant: KilledMerchant, { userId }: Subject): Promise<string> {
  return (await merchant.login(userId)).link.accountId;
}

/** Add a row, and it is killed at each of its statements on each database. */
export const OPERATIONS = {
  'first login': {
    prepare: async (_, userId) => ({ userId }),
    run: login,
    next: login,
    stories: [{ same: false, kinds: ['linked'] }],
  },

  'confirm by a code': {
    settings: { policy: 'ask' },
    prepare: async (merchant, userId) => {
      const accountId = await existingAccount(merchant, userId);
      return { userId, accountId, ...(await askedForProof(merchant, userId, accountId)) };
    },
    run: (merchant, { ticket = '', code = '' }) => merchant.service.confirm(ticket, code),
    next: async (merchant, { userId, accountId = '' }) => {
      try {
        return (await merchant.login(userId, { email: contactOf(accountId) })).link.accountId;
      } catch (error) {
        const { ticket, code } = proofOf(merchant, accountId, error);
        return (await merchant.service.confirm(ticket, code)).link.accountId;
      }
    },
    stories: [{ same: true, kinds: ['linked'] }],
  },

  decline: {
    settings: { policy: 'ask' },
    prepare: async (merchant, userId) => {
      const accountId = await existingAccount(merchant, userId);
      return { userId, accountId, ...(await askedForProof(merchant, userId, accountId)) };
    },
    run: (merchant, { ticket = '' }) => merchant.service.decline(ticket),
    next: async (merchant, { userId, accountId = '' }) => {
      try {
        return (await merchant.login(userId, { email: contactOf(accountId) })).link.accountId;
      } catch (error) {
        return (await merchant.service.decline(proofOf(merchant, accountId, error).ticket)).link.accountId;
      }
    },
    stories: [{ same: false, kinds: ['linked'] }],
  },

  unlink: {
    prepare: signedIn,
    run: (merchant, subject) => merchant.service.unlink(asUser(subject)),
    next: login,
    stories: [
      { same: true, kinds: ['linked'] },
      { same: false, kinds: ['linked', 'unlinked', 'linked'] },
    ],
  },

  move: {
    prepare: async (merchant, userId) => ({
      ...(await signedIn(merchant, userId)),
      otherAccountId: await existingAccount(merchant, userId),
    }),
    run: (merchant, { otherAccountId = '', ...subject }) =>
      merchant.service.move(asUser(subject), accountProvenBy('merchant', otherAccountId, Date.now())),
    next: login,
    stories: [
      { same: true, kinds: ['linked'] },
      { same: false, kinds: ['linked', 'moved'] },
    ],
  },

  'move by a code': {
    prepare: async (merchant, userId) => {
      const subject = await signedIn(merchant, userId);
      const otherAccountId = await existingAccount(merchant, userId);
      const profile = { userId, email: contactOf(otherAccountId) };
      const { ticket } = await merchant.service.requestMove(asUser(subject), profile);
      return { ...subject, otherAccountId, ticket, code: merchant.codeOf(otherAccountId) };
    },
    run: (merchant, { ticket = '', code = '', ...subject }) =>
      merchant.service.confirmMove(asUser(subject), ticket, code),
    next: login,
    stories: [
      { same: true, kinds: ['linked'] },
      { same: false, kinds: ['linked', 'moved'] },
    ],
  },
} as const satisfies Readonly<Record<string, Operation>>;

export type OperationName = keyof typeof OPERATIONS;

async function signedIn(merchant: KilledMerchant, userId: string): Promise<Subject> {
  const { link } = await merchant.login(userId);
  return { userId, accountId: link.accountId, linkId: link.id };
}

function asUser({ accountId = '', linkId = '' }: Readonly<Record<string, string>>) {
  return { accountId, linkId, authenticatedAt: Date.now() };
}

/** An account that the merchant had before VodaPay. */
async function existingAccount(merchant: KilledMerchant, userId: string): Promise<string> {
  return (await merchant.accounts.create({ userId: `before-${userId}` }, { idempotencyKey: `before-${userId}` })).id;
}

async function askedForProof(merchant: KilledMerchant, userId: string, accountId: string) {
  const refusal: unknown = await merchant
    .login(userId, { email: contactOf(accountId) })
    .catch((error: unknown) => error);
  return proofOf(merchant, accountId, refusal);
}

/** The ticket that a login was refused with, and the code that was sent. */
function proofOf(merchant: KilledMerchant, accountId: string, refusal: unknown) {
  if (!(refusal instanceof VodaPayError) || refusal.code !== 'VODAPAY_LINK_PROOF_REQUIRED') throw refusal;
  const { ticket } = refusal.refusal as { readonly ticket: string };
  return { ticket, code: merchant.codeOf(accountId) };
}

function contactOf(accountId: string): string {
  return `${accountId}@example.test`;
}
