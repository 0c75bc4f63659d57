import { randomUUID } from 'node:crypto';
import { AccountDirectory, type AccountCandidate, type AccountStatus, type VodaPayProfile } from 'nestjs-vodapay';
import { accountDirectoryContract, type DirectoryUnderTest } from 'nestjs-vodapay/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Account } from '../../apps/sample/src/accounts/account.entity.js';
import { AccountsService } from '../../apps/sample/src/accounts/accounts.service.js';
import { CreateAccount1763900000000 } from '../../apps/sample/src/accounts/create-account.migration.js';
import { CreateWebsite1763900000001 } from '../../apps/sample/src/website/create-website.migration.js';
import { Credential } from '../../apps/sample/src/website/credential.entity.js';
import { WebsiteSession } from '../../apps/sample/src/website/website-session.entity.js';
import { openDatabase, type OpenDatabase } from '../databases/open-database.js';

describe('The sample', () => {
  let database: OpenDatabase;
  beforeAll(async () => {
    database = await openDatabase('sqlite', {
      entities: [Account, Credential, WebsiteSession],
      migrations: [CreateAccount1763900000000, CreateWebsite1763900000001],
    });
  });
  afterAll(() => database.close());

  accountDirectoryContract({ describe, it }, 'AccountsService', async () => {
    const { dataSource } = database;
    const [accounts, credentials, sessions] = [Account, Credential, WebsiteSession].map((entity) =>
      dataSource.getRepository<object>(entity),
    ) as ConstructorParameters<typeof AccountsService>;
    const service = new AccountsService(accounts, credentials, sessions);
    return {
      accounts: service,
      disable: async (id) => void (await accounts.update({ id }, { state: 'disabled' })),
      remove: async (id) => void (await accounts.delete({ id })),
      makeWithEmail: async (email, verified) => {
        const id = randomUUID();
        await service.register(id, email);
        if (verified) await service.markVerified(id, email);
        return id;
      },
    };
  });
});

interface Row {
  readonly id: number;
  state: AccountStatus['state'];
  profile: Partial<VodaPayProfile>;
  readonly verified: boolean;
}

/** A merchant with integer ids and every optional method. */
class Directory extends AccountDirectory<number> {
  readonly rows = new Map<number, Row>();
  readonly byKey = new Map<string, number>();

  async create(profile: VodaPayProfile, { idempotencyKey }: { readonly idempotencyKey: string }) {
    const taken = [...this.rows.values()].some((row) => row.verified && row.profile.email === profile.email);
    if (taken && profile.email !== undefined) return this.refuse(profile);
    const id = this.byKey.get(idempotencyKey) ?? this.add(profile, false);
    this.byKey.set(idempotencyKey, id);
    return { id };
  }

  refuse(_profile: VodaPayProfile): { readonly conflict: string } {
    return { conflict: 'a verified account has this e-mail address' };
  }

  add(profile: Partial<VodaPayProfile>, verified: boolean): number {
    const id = this.rows.size + 1;
    this.rows.set(id, { id, state: 'active', profile, verified });
    return id;
  }

  async find(id: number): Promise<AccountStatus | undefined> {
    const row = this.rows.get(id);
    return row && { state: row.state, missing: [] };
  }

  override parseId = Number;

  override async findCandidates({ email }: VodaPayProfile): Promise<readonly AccountCandidate<number>[]> {
    if (email === undefined) return [];
    const found = [...this.rows.values()].filter((row) => row.verified && row.profile.email === email);
    return found.map(({ id }) => ({ id, contact: 'email', contactVerified: true }));
  }

  override async otherSignInMethods(_id: number): Promise<number> {
    return 0;
  }

  override async dropUnprovenCredentials(): Promise<void> {}

  override async updateProfile(id: number, { nickName }: { readonly nickName?: string }): Promise<void> {
    const row = this.rows.get(id);
    if (row !== undefined && nickName !== undefined) row.profile = { ...row.profile, nickName };
  }
}

function underTest(directory: Directory): DirectoryUnderTest<number> {
  return {
    accounts: directory,
    disable: async (id) => {
      const row = directory.rows.get(id);
      if (row !== undefined) row.state = 'disabled';
    },
    remove: async (id) => void directory.rows.delete(id),
    makeWithEmail: async (email, verified) => directory.add({ email }, verified),
    conflicting: async () => {
      directory.add({ email: 'taken@example.com' }, true);
      return { userId: '216610000000000000009', email: 'taken@example.com' };
    },
    identityOf: async (id) => {
      const { email, phone, ...rest } = directory.rows.get(id)?.profile ?? {};
      return { email, phone, role: Reflect.get(rest, 'role') as unknown };
    },
  };
}

accountDirectoryContract({ describe, it }, 'A directory with integer ids', async () => underTest(new Directory()));

/** What a directory may do wrong, and the sentence that finds it. */
const BROKEN: readonly (readonly [mistake: string, directory: () => Directory, finds: RegExp])[] = [
  [
    'makes an account for each call',
    () =>
      new (class extends Directory {
        override create = async (profile: VodaPayProfile) => ({ id: this.add(profile, false) });
      })(),
    /create answers the same account for the same key/,
  ],
  [
    'looks first and inserts then',
    () =>
      new (class extends Directory {
        override async create(profile: VodaPayProfile, { idempotencyKey }: { readonly idempotencyKey: string }) {
          const known = this.byKey.get(idempotencyKey);
          await Promise.resolve();
          const id = known ?? this.add(profile, false);
          this.byKey.set(idempotencyKey, id);
          return { id };
        }
      })(),
    /create answers one account for calls in parallel/,
  ],
  [
    'forgets parseId',
    () => Object.assign(new Directory(), { parseId: undefined }),
    /create answers an id that is .* and comes back from its text/,
  ],
  [
    'gives everybody one account',
    () => Object.assign(new Directory(), { create: async () => ({ id: 1 }) }),
    /create makes an account each for different keys/,
  ],
  [
    'needs an e-mail',
    () =>
      new (class extends Directory {
        override async create(profile: VodaPayProfile, request: { readonly idempotencyKey: string }) {
          if (profile.email === undefined) throw new TypeError('email is not nullable');
          return super.create(profile, request);
        }
      })(),
    /create needs nothing but a user id/,
  ],
  [
    'answers null for an account that is not there',
    () =>
      new (class extends Directory {
        override find = async (id: number) =>
          (this.rows.has(id) ? { state: 'active', missing: [] } : null) as unknown as AccountStatus;
      })(),
    /find answers undefined for an id that no account has/,
  ],
  [
    'quotes the address in a conflict',
    () =>
      Object.assign(new Directory(), { refuse: ({ email }: VodaPayProfile) => ({ conflict: `${email} is taken` }) }),
    /create answers a conflict in words that hold no personal data/,
  ],
  [
    'takes every address for verified',
    () =>
      new (class extends Directory {
        override async findCandidates({ email }: VodaPayProfile): Promise<readonly AccountCandidate<number>[]> {
          const found = [...this.rows.values()].filter((row) => email !== undefined && row.profile.email === email);
          return found.map(({ id }) => ({ id, contact: 'email', contactVerified: true }));
        }
      })(),
    /findCandidates never answers an account whose e-mail is not verified/,
  ],
  [
    'counts VodaPay itself',
    () => Object.assign(new Directory(), { otherSignInMethods: async () => 1 }),
    /otherSignInMethods counts in whole numbers, and none/,
  ],
  [
    'answers a count as text',
    () => Object.assign(new Directory(), { otherSignInMethods: async () => '0' }),
    /otherSignInMethods counts in whole numbers, and none/,
  ],
  [
    'spreads the profile into the row',
    () =>
      new (class extends Directory {
        override async updateProfile(id: number, profile: object): Promise<void> {
          const row = this.rows.get(id);
          if (row !== undefined) row.profile = { ...row.profile, ...profile };
        }
      })(),
    /updateProfile takes the same profile twice and leaves e-mail/,
  ],
];

describe('A directory that', () => {
  it.each(BROKEN)('%s is found out', async (_mistake, directory, finds) => {
    const failed = await failedSentences(() => underTest(directory()));
    expect(failed.filter((title) => finds.test(title))).toHaveLength(1);
  });

  it('is in order fails no sentence', async () => {
    expect(await failedSentences(() => underTest(new Directory()))).toEqual([]);
  });
});

/** Runs the contract with a framework of three lines. */
async function failedSentences(open: () => DirectoryUnderTest<number>): Promise<readonly string[]> {
  const cases: (readonly [title: string, check: () => Promise<void>])[] = [];
  const framework = {
    describe: (_title: string, define: () => void) => define(),
    it: (title: string, check: () => Promise<void>) => cases.push([title, check]),
  };
  accountDirectoryContract(framework, 'broken', async () => open());
  const failed: string[] = [];
  for (const [title, check] of cases) await check().catch(() => failed.push(title));
  return failed;
}
