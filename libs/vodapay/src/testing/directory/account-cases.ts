import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { accountIdText } from '../../linking/account-id.js';
import { readAccountStatus } from '../../linking/read-account-status.js';
import { create, newProfile } from './create-once.js';
import type { DirectoryCase } from './directory-case.js';
import type { DirectoryUnderTest } from './directory-under-test.js';

type Given = DirectoryUnderTest<string | number>;

const PARALLEL = 10;
const LONG_NAME = `${'Ålesund 🌊 '.repeat(25)}"'\\;--<b>`.slice(0, 256);

/** What create and find promise. */
export const ACCOUNT_CASES: readonly DirectoryCase[] = [
  {
    title: 'create answers an id that is a text of 1 to 64 characters or an integer, and comes back from its text',
    check: async (given) => {
      const id = await create(given);
      assert.doesNotThrow(() => accountIdText(id, given.accounts), 'create must answer an id that can be stored');
    },
  },
  {
    title: 'create answers the same account for the same key, whatever the profile says by then',
    check: async (given) => {
      const [key, profile] = [randomUUID(), newProfile()];
      const first = await create(given, profile, key);
      assert.equal(await create(given, { ...profile, nickName: 'Renamed' }, key), first, SAME_KEY);
      assert.equal(await create(given, { userId: profile.userId }, key), first, SAME_KEY);
    },
  },
  {
    title: 'create answers one account for calls in parallel with the same key',
    check: async (given) => {
      const [key, profile] = [randomUUID(), newProfile()];
      const ids = await Promise.all(Array.from({ length: PARALLEL }, () => create(given, profile, key)));
      assert.equal(
        new Set(ids).size,
        1,
        `${PARALLEL} calls in parallel with one key made ${new Set(ids).size} accounts`,
      );
    },
  },
  {
    title: 'create makes an account each for different keys',
    check: async (given) => {
      const ids = await Promise.all(Array.from({ length: PARALLEL }, () => create(given)));
      assert.equal(new Set(ids).size, PARALLEL, 'different keys must make different accounts');
    },
  },
  {
    title: 'create needs nothing but a user id: the scopes may grant no more',
    check: async (given) => {
      const { userId } = newProfile();
      await mustBeActive(given, await create(given, { userId }));
    },
  },
  {
    title: 'create takes names of any letters, up to 256 of them',
    check: async (given) => {
      await mustBeActive(given, await create(given, newProfile({ nickName: LONG_NAME, fullName: LONG_NAME })));
    },
  },
  {
    title: 'find tells of a new account that it is active, and what it lacks as texts',
    check: async (given) => mustBeActive(given, await create(given)),
  },
  {
    title: 'find answers undefined for an id that no account has',
    check: async (given) => {
      const unknown = given.unknownId ?? unknownLike(await create(given));
      assert.equal(
        await given.accounts.find(unknown),
        undefined,
        'find must answer undefined for an account not there',
      );
    },
  },
  {
    title: 'find tells of a disabled account that it is disabled',
    applies: ({ disable }) => disable !== undefined,
    check: async (given) => {
      const id = await create(given);
      await given.disable?.(id);
      assert.equal(readAccountStatus(await given.accounts.find(id))?.state, 'disabled');
    },
  },
  {
    title: 'find answers undefined for an account that was deleted, and of no other',
    applies: ({ remove }) => remove !== undefined,
    check: async (given) => {
      const [gone, other] = [await create(given), await create(given)];
      await given.remove?.(gone);
      assert.equal(await given.accounts.find(gone), undefined, 'find must answer undefined for a deleted account');
      await mustBeActive(given, other);
    },
  },
];

const SAME_KEY = 'create must answer the account already made for this idempotency key';

async function mustBeActive({ accounts }: Given, id: string | number): Promise<void> {
  const status = readAccountStatus(await accounts.find(id));
  assert.equal(status?.state, 'active', 'find must know an account that create has just made');
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** An id of the same form. */
function unknownLike(id: string | number): string | number {
  if (typeof id === 'number') return 2_000_000_000;
  if (UUID.test(id)) return randomUUID();
  return /^\d+$/.test(id) ? '2000000000' : `unknown-${randomUUID().slice(0, 8)}`;
}
