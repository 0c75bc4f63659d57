import { describe, expect, it } from 'vitest';
import { viewOf } from '../../apps/sample/web/src/page/view-of.js';
import { initialState } from '../../apps/sample/web/src/state/initial-state.js';
import type { State } from '../../apps/sample/web/src/state/state.js';
import { meOf } from './shop.js';

const start = initialState(true);
const view = (change: Partial<State>) => viewOf({ ...start, ...change }, (ms) => `at ${ms}`);

describe('what the page shows', () => {
  it('an open shop, and where nobody can sign in, how it can be done', () => {
    expect(view({})).toMatchObject({ panel: 'browsing', isBusy: false, offline: undefined });
    expect(view({ hasBridge: false }).panel).toBe('outside');
    expect(view({ hasBridge: false, place: { kind: 'resuming' } }).panel).toBe('resuming');
  });

  it('that there is no connection', () => {
    expect(view({ isOnline: false }).offline).toContain('No connection');
  });

  it('on the button what it does while it does it', () => {
    expect(view({}).labels['sign-in']).toBe('Sign in with VodaPay');
    expect(view({ work: 'signing-in' })).toMatchObject({
      isBusy: true,
      labels: { 'sign-in': 'Signing in…', save: 'Save' },
    });
  });

  it.each([
    ['email', /e-mail/],
    ['phone', /phone/],
    ['link-code', /website/],
  ] as const)('how the proof by %s comes', (delivery, words) => {
    expect(view({ place: { kind: 'proving', ticket: 'vpt_1', delivery } }).proof).toMatch(words);
  });

  it('who is signed in, what is missing, what opens the account and what happened to it', () => {
    const links = {
      links: [{ id: 'l', userId: '216610000000000000001', linkedAt: 5 }],
      events: [
        { id: 'e', kind: 'linked', reason: 'first-login', happenedAt: 5 },
        { id: 'f', kind: 'linked', reason: 'something-new', happenedAt: 6 },
      ],
    } as const;
    const place = { kind: 'signed-in', me: meOf('a', ['email']), links, asksToUnlink: false } as const;
    expect(view({ place })).toMatchObject({
      greeting: 'Hello, Zoë!',
      name: 'Zoë',
      email: '–',
      missing: ['email'],
      links: [{ text: 'VodaPay user …000001', time: 'at 5' }],
      events: [
        { text: 'VodaPay was linked at your first sign-in', time: 'at 5' },
        { text: 'VodaPay was linked', time: 'at 6' },
      ],
    });
  });
});
