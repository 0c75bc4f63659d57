import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { toPrincipal, type VodaPayPrincipal } from '../../libs/vodapay/src/login/principal.js';

const VISIBLE: VodaPayPrincipal = {
  accountId: 'a1',
  linkId: 'l1',
  userId: '216610000000000000001',
  namespace: 'sandbox:c',
  clientId: 'c',
  linkedAt: 1,
  credential: 'authCode',
  scopes: ['USER_ID'],
  session: { id: 's1', expiresAt: 2 },
};
const HIDDEN = { sessionToken: 'vps_secret', profile: { userId: '1', email: 'someone@example.com' } };

describe('The principal', () => {
  it('is frozen, its session too', () => {
    const principal = toPrincipal(VISIBLE, HIDDEN);
    expect(Object.isFrozen(principal)).toBe(true);
    expect(Object.isFrozen(principal.session)).toBe(true);
  });

  it('hands the session token and the profile to code that asks for them', () => {
    const principal = toPrincipal(VISIBLE, HIDDEN);
    expect(principal.session?.token).toBe('vps_secret');
    expect(principal.profile?.email).toBe('someone@example.com');
  });

  it('R19: carries neither into JSON, a copy or a log line', () => {
    const principal = toPrincipal(VISIBLE, HIDDEN);
    const traces = [JSON.stringify(principal), JSON.stringify({ ...principal }), inspect(principal, { depth: 9 })];
    for (const trace of traces) {
      expect(trace).toContain('a1');
      expect(trace).not.toMatch(/vps_secret|someone@/);
    }
  });
});
