import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { AccountCandidate } from '../../libs/vodapay/src/linking/account-directory.js';
import { captureLogs } from '../inquiry/captured-logs.js';
import { useChanges } from './change/use-changes.js';
import { firstLogin, outcomeOf, useProofs } from './proof/use-proofs.js';

const FAILED = 'VODAPAY_ACCOUNT_DIRECTORY_FAILED';
const MAIL = 'owner@shop.example';
const never = () => new Promise<never>(() => undefined);
/** As a lazy relation of an ORM may be. */
const broken = new Proxy(
  {},
  {
    has: () => true,
    get(_, name) {
      if (name === 'then') return undefined;
      throw new Error('lazy');
    },
  },
);

/** What no type allows, and what an application in JavaScript may answer all the same. */
describe('an AccountDirectory that answers what it must not', () => {
  const fixture = useProofs('sqlite');

  it.each([
    undefined,
    null,
    42,
    'account',
    {},
    [],
    ...[undefined, null, '', 'x'.repeat(300), Number.NaN, {}, true].map((id) => ({ id })),
  ])('create: %o is refused with a code, and the next login goes on under the same key', async (answer) => {
    const { accounts, linking } = fixture;
    const create = accounts.onCreate;
    accounts.onCreate = async () => answer as { id: string };
    expect(await outcomeOf(firstLogin(linking, 'user-1'))).toBe(FAILED);

    accounts.onCreate = create;
    expect((await firstLogin(linking, 'user-1')).outcome).toBe('created');
    expect(new Set(accounts.keys).size).toBe(1);
  });

  it('what throws when it is read is refused with a code', async () => {
    const { accounts, linking } = fixture;
    const { find, onCreate } = accounts;
    accounts.onCreate = async () => broken as { id: string };
    expect(await outcomeOf(firstLogin(linking, 'user-1'))).toBe(FAILED);
    accounts.onCreate = async () => ({ conflict: broken as string });
    expect(await outcomeOf(firstLogin(linking, 'user-1'))).toBe(FAILED);
    Object.assign(accounts, { onCreate, find: async () => broken });
    expect(await outcomeOf(firstLogin(linking, 'user-1'))).toBe(FAILED);
    Object.assign(accounts, { find, candidates: [broken] });
    expect(await outcomeOf(firstLogin(linking, 'user-2'))).toBe(FAILED);
  });

  it.each([
    null,
    42,
    'account',
    {},
    new Set(['account']),
    ...['', 'x'.repeat(300), undefined, 1.5, {}].map((id) => [{ id, contact: 'email', contactVerified: true }]),
  ])('findCandidates: %o is refused with a code, and nothing is made or sent', async (answer) => {
    const { accounts, linking, outbox, count } = fixture;
    accounts.findCandidates = async () => answer as AccountCandidate[];

    expect(await outcomeOf(firstLogin(linking, 'user-1', MAIL))).toBe(FAILED);
    expect([accounts.keys, outbox.sent, await count('account_link'), await count('link_ticket')]).toEqual([
      [],
      [],
      0,
      0,
    ]);
  });

  it('findCandidates: entries of no shape are none, 10,000 accounts are several, 10,000 times one account is one', async () => {
    const { accounts, linking, ticketFor } = fixture;
    const logs = captureLogs();
    onTestFinished(logs.release);
    const many = (id: (n: number) => string): AccountCandidate[] =>
      Array.from({ length: 10_000 }, (_, n) => ({ id: id(n), contact: 'email', contactVerified: true }));
    accounts.add('account');
    accounts.candidates = [null, 7, 'account', [], { id: 'account' }] as unknown as AccountCandidate[];
    expect((await firstLogin(linking, 'user-1', MAIL)).outcome).toBe('created');
    expect(logs.lines).toContainEqual(expect.stringContaining('candidates-ignored count=5'));

    accounts.candidates = many((n) => `account-${n}`);
    expect((await ticketFor('user-2', MAIL)).delivery).toBe('link-code');
    accounts.candidates = many(() => 'account');
    expect((await ticketFor('user-3', MAIL)).delivery).toBe('email');
  });

  it('a unique violation that stays is told after three tries: an e-mail that is taken is no passing failure', async () => {
    const { accounts, linking } = fixture;
    accounts.onCreate = () => Promise.reject(Object.assign(new Error('duplicate key'), { code: '23505' }));

    expect(await outcomeOf(firstLogin(linking, 'user-1'))).toBe(FAILED);
    expect(accounts.keys).toHaveLength(3);
  });

  it('a conflict without end is a ticket at each login, and no row stays', async () => {
    const { accounts, count, ticketFor } = fixture;
    accounts.onCreate = async () => ({ conflict: 'taken' });

    for (let round = 0; round < 10; round += 1) expect((await ticketFor('user-1')).delivery).toBe('link-code');

    expect([await count('account_link'), await count('link_ticket'), accounts.keys.length]).toEqual([0, 1, 10]);
  });
});

describe('an AccountDirectory that never answers', () => {
  const proofs = useProofs('sqlite');
  const changes = useChanges('sqlite');

  /** The outcome, once the time of an answer has passed. */
  async function outcomeAfter(ms: number, begin: () => Promise<unknown>): Promise<string> {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const outcome = outcomeOf(begin());
      // The question is asked after some statements.
      for (let turn = 0; turn < 100; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      await vi.advanceTimersByTimeAsync(ms);
      return await outcome;
    } finally {
      vi.useRealTimers();
    }
  }

  it.each([
    ['find', 10_000],
    ['findCandidates', 10_000],
    ['create', 30_000],
  ] as const)(
    '%s is given up after %i ms, for everybody who waits, and the next login is free of it',
    async (method, ms) => {
      const { accounts, linking } = proofs;
      const { [method]: answers } = accounts;
      Object.assign(accounts, { [method]: never });
      const both = () => Promise.all([1, 2].map(() => outcomeOf(firstLogin(linking, 'user-1'))));

      expect(await outcomeAfter(ms, async () => expect(await both()).toEqual([FAILED, FAILED]))).toBe('ok');

      Object.assign(accounts, { [method]: answers });
      expect(await outcomeOf(firstLogin(linking, 'user-1'))).toBe('ok');
    },
  );

  it('dropUnprovenCredentials: nothing is linked, and the next login asks again', async () => {
    const { accounts, outbox, service, ticketFor, count } = proofs;
    accounts.register('account', MAIL);
    const { ticket } = await ticketFor('user-1', MAIL);
    accounts.dropUnprovenCredentials = never;

    expect(await outcomeAfter(10_000, () => service.confirm(ticket, outbox.lastCode))).toBe(FAILED);
    expect([await count('account_link'), await count('account_hold')]).toEqual([0, 0]);
    expect((await ticketFor('user-1', MAIL)).delivery).toBe('email');
  });

  it('otherSignInMethods: nothing is unlinked, and the account is not held any more', async () => {
    const user = await changes.signedIn('user-1', { password: true });
    const { otherSignInMethods } = changes.accounts;
    changes.accounts.otherSignInMethods = never;

    expect(await outcomeAfter(10_000, () => changes.linking.service.unlink(user))).toBe(FAILED);
    expect(await changes.holds()).toEqual([]);

    changes.accounts.otherSignInMethods = otherSignInMethods;
    await changes.linking.service.unlink(user);
  });
});
