import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { VodaPayProfile } from '../../linking/vodapay-profile.js';
import { create, newProfile } from './create-once.js';
import type { DirectoryCase } from './directory-case.js';

/** What must hold so that nobody comes into an account that isn't hers. */
export const IDENTITY_CASES: readonly DirectoryCase[] = [
  {
    title: 'create answers a conflict in words that hold no personal data, and makes no account',
    applies: ({ conflicting }) => conflicting !== undefined,
    check: async (given) => {
      const profile = (await given.conflicting?.()) ?? newProfile();
      const answer = await given.accounts.create(profile, { idempotencyKey: randomUUID() });
      assert.ok('conflict' in answer, 'create must answer { conflict } where the account may not be made');
      assert.ok(
        typeof answer.conflict === 'string' && answer.conflict.trim() !== '',
        'conflict must say why, in words',
      );
      assert.ok(!('id' in answer), 'a conflict must come without an id');
      const told = personalData(profile).filter((datum) => answer.conflict.includes(datum));
      assert.equal(told.length, 0, 'conflict goes into a log: it must not repeat the e-mail, phone or name');
    },
  },
  {
    title: 'findCandidates answers nobody for contacts that no account has, and for a profile without any',
    applies: ({ accounts }) => accounts.findCandidates !== undefined,
    check: async ({ accounts }) => {
      assert.deepEqual(await accounts.findCandidates?.(newProfile({ phone: '+27600000000' })), [], 'a stranger');
      assert.deepEqual(
        await accounts.findCandidates?.({ userId: newProfile().userId }),
        [],
        'a profile with no contact',
      );
    },
  },
  {
    title: 'findCandidates answers the account whose e-mail is verified',
    applies: ({ accounts, makeWithEmail }) => accounts.findCandidates !== undefined && makeWithEmail !== undefined,
    check: async (given) => {
      const profile = newProfile();
      const id = await given.makeWithEmail?.(profile.email ?? '', true);
      assert.deepEqual(
        (await given.accounts.findCandidates?.(profile))?.map(({ id, contact, contactVerified }) => ({
          id,
          contact,
          contactVerified,
        })),
        [{ id, contact: 'email', contactVerified: true }],
        'findCandidates must answer { id, contact, contactVerified: true }',
      );
    },
  },
  {
    title: 'findCandidates never answers an account whose e-mail is not verified (R5)',
    applies: ({ accounts, makeWithEmail }) => accounts.findCandidates !== undefined && makeWithEmail !== undefined,
    check: async (given) => {
      const profile = newProfile();
      await given.makeWithEmail?.(profile.email ?? '', false);
      const found = (await given.accounts.findCandidates?.(profile)) ?? [];
      assert.equal(found.length, 0, 'whoever typed an address at the merchant has not proven that it is hers');
    },
  },
  {
    title: 'findCandidates never answers an account that VodaPay made: its e-mail is nobody’s proof (R2)',
    applies: ({ accounts }) => accounts.findCandidates !== undefined,
    check: async (given) => {
      const { email = '' } = newProfile();
      const id = await create(given, newProfile({ email }));
      const found = (await given.accounts.findCandidates?.(newProfile({ email }))) ?? [];
      assert.ok(!found.some((candidate) => candidate.id === id), 'an address that VodaPay told is not verified');
    },
  },
  {
    title: 'otherSignInMethods counts in whole numbers, and none for an account that VodaPay made (R21)',
    applies: ({ accounts }) => accounts.otherSignInMethods !== undefined,
    check: async (given) => {
      const count = await given.accounts.otherSignInMethods?.(await create(given));
      assert.ok(Number.isSafeInteger(count) && Number(count) >= 0, 'otherSignInMethods must answer an integer from 0');
      assert.equal(count, 0, 'an account made by a VodaPay login has no usable password');
    },
  },
  {
    title: 'updateProfile takes the same profile twice and leaves e-mail, phone and roles alone (R15)',
    applies: ({ accounts }) => accounts.updateProfile !== undefined,
    check: async (given) => {
      const id = await create(given);
      const before = await given.identityOf?.(id);
      // What a careless spread of the argument into a row would take over.
      const smuggled = {
        nickName: 'Renamed',
        email: 'thief@example.com',
        phone: '+27611111111',
        role: 'admin',
        id: '1',
      };
      await given.accounts.updateProfile?.(id, smuggled);
      await given.accounts.updateProfile?.(id, smuggled);
      assert.deepEqual(await given.identityOf?.(id), before, 'updateProfile may write names, avatar and the like only');
      assert.equal((await given.accounts.find(id))?.state, 'active');
    },
  },
  {
    title: 'dropUnprovenCredentials may be called again for the same account',
    applies: ({ accounts }) => accounts.dropUnprovenCredentials !== undefined,
    check: async (given) => {
      const id = await create(given);
      await given.accounts.dropUnprovenCredentials?.(id);
      await given.accounts.dropUnprovenCredentials?.(id);
      assert.equal((await given.accounts.find(id))?.state, 'active');
    },
  },
];

function personalData({ userId, email, phone, nickName, fullName }: VodaPayProfile): readonly string[] {
  return [userId, email, phone, nickName, fullName].filter((datum) => datum !== undefined && datum !== '') as string[];
}
