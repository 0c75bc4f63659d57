import { describe, expect, it } from 'vitest';
import { decideLink, LINK_REASONS, OLD_AFTER_MS, SILENT_AFTER_MS } from '../../libs/vodapay/src/linking/decide-link.js';
import type { AccountLink } from '../../libs/vodapay/src/linking/vodapay-account-link.repository.js';

const NOW = 1_763_856_000_000;
const IDENTITY = { namespace: 'sandbox:1', userId: 'user-1' };
const RESERVED: AccountLink = {
  id: '01920000-0000-7000-8000-000000000001',
  namespace: 'sandbox:1',
  clientId: '1',
  vodapayUserId: 'user-1',
  accountId: null,
  state: 'reserved',
  linkedAt: null,
  updatedAt: NOW,
};
const ACTIVE: AccountLink = { ...RESERVED, state: 'active', accountId: '42', linkedAt: NOW };

const ONE = { id: '7', contact: 'email', contactVerified: true } as const;
const ANOTHER = { id: '8', contact: 'phone', contactVerified: true } as const;

function decide(link: AccountLink | undefined, unchangedForMs = 0) {
  return decideLink(IDENTITY, { link, unchangedForMs, now: NOW }, 'create');
}

describe('the decision of a login (I7: with a reason, and without carrying anything out)', () => {
  it.each([
    ['a linked user signs in to the account', ACTIVE, 0, { kind: 'existing', reason: 'LINKED' }],
    ['an unknown user gets an account', undefined, 0, { kind: 'create', reason: 'UNKNOWN_USER' }],
    ['a fresh reservation is waited for', RESERVED, 0, { kind: 'wait', reason: 'RESERVATION_HELD' }],
    ['one that changes is waited for', RESERVED, SILENT_AFTER_MS - 1, { kind: 'wait', reason: 'RESERVATION_HELD' }],
    ['a silent one is continued', RESERVED, SILENT_AFTER_MS, { kind: 'create', reason: 'RESERVATION_SILENT' }],
    [
      'one that was given up is continued at once',
      { ...RESERVED, updatedAt: 0 },
      0,
      { kind: 'create', reason: 'RESERVATION_GIVEN_UP' },
    ],
    [
      'an old one is continued at once',
      { ...RESERVED, updatedAt: NOW - OLD_AFTER_MS - 1 },
      0,
      { kind: 'create', reason: 'RESERVATION_OLD' },
    ],
    [
      'a server whose clock is behind takes over no earlier',
      { ...RESERVED, updatedAt: NOW + 30_000 },
      100,
      { kind: 'wait', reason: 'RESERVATION_HELD' },
    ],
    [
      'a server whose clock is ahead takes over no earlier',
      { ...RESERVED, updatedAt: NOW - 30_000 },
      100,
      { kind: 'wait', reason: 'RESERVATION_HELD' },
    ],
  ])('%s', (_, link, unchangedForMs, expected) => {
    expect(decide(link, unchangedForMs)).toMatchObject(expected);
  });

  it.each([
    ['create', [], { kind: 'create', reason: 'UNKNOWN_USER' }],
    ['create', [ONE], { kind: 'create', reason: 'UNKNOWN_USER' }],
    ['ask', [], { kind: 'create', reason: 'NO_CANDIDATE', takeOver: undefined }],
    ['ask', [ONE], { kind: 'pending', reason: 'ONE_CANDIDATE', by: 'contact', candidate: ONE }],
    ['ask', [ONE, ANOTHER], { kind: 'pending', reason: 'SEVERAL_CANDIDATES', by: 'link-code' }],
    ['existing-only', [], { kind: 'pending', reason: 'CREATION_FORBIDDEN', by: 'link-code' }],
    ['existing-only', [ONE], { kind: 'pending', reason: 'CREATION_FORBIDDEN', by: 'link-code' }],
  ] as const)('an unknown user under %s with the candidates %j', (policy, candidates, expected) => {
    expect(decideLink(IDENTITY, { link: undefined, candidates, unchangedForMs: 0, now: NOW }, policy)).toEqual(
      expect.objectContaining(expected),
    );
  });

  it.each([
    ['create', { kind: 'refused', reason: 'CONFLICT', code: 'VODAPAY_ACCOUNT_EXISTS' }],
    ['ask', { kind: 'pending', reason: 'CONFLICT_ASKED', by: 'link-code' }],
    ['existing-only', { kind: 'pending', reason: 'CONFLICT_ASKED', by: 'link-code' }],
  ] as const)("create's conflict under %s", (policy, expected) => {
    const known = { link: undefined, conflict: true, unchangedForMs: 0, now: NOW };
    expect(decideLink(IDENTITY, known, policy)).toEqual(expected);
  });

  it.each(['ask', 'existing-only'] as const)(
    'a linked user signs in whatever the candidates say, under %s',
    (policy) => {
      const known = { link: ACTIVE, candidates: [ONE], unchangedForMs: 0, now: NOW };
      expect(decideLink(IDENTITY, known, policy)).toMatchObject({ kind: 'existing' });
    },
  );

  it('existing-only continues no reservation: nobody may create', () => {
    const known = { link: { ...RESERVED, updatedAt: 0 }, unchangedForMs: 0, now: NOW };
    expect(decideLink(IDENTITY, known, 'existing-only')).toMatchObject({ kind: 'pending', by: 'link-code' });
    expect(decideLink(IDENTITY, known, 'ask')).toMatchObject({ kind: 'create', takeOver: { id: RESERVED.id } });
  });

  it('continues a reservation under its own key', () => {
    expect(decide({ ...RESERVED, updatedAt: 0 })).toMatchObject({ takeOver: { id: RESERVED.id } });
  });

  it.each([
    { namespace: '', userId: 'user-1' },
    { namespace: 'x'.repeat(161), userId: 'user-1' },
    { namespace: 'sandbox:1', userId: '' },
    { namespace: 'sandbox:1', userId: 'x'.repeat(65) },
  ])('R12 refuses an identity that cannot be stored whole', (identity) => {
    expect(decideLink(identity, { link: undefined, unchangedForMs: 0, now: NOW }, 'create')).toEqual({
      kind: 'refused',
      reason: 'IDENTITY_UNUSABLE',
      code: 'VODAPAY_USER_ID_UNUSABLE',
    });
  });

  it('has words for every reason', () => {
    expect(Object.values(LINK_REASONS).every((words) => words.endsWith('.'))).toBe(true);
  });
});
