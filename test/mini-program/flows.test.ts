import { describe, expect, it, vi } from 'vitest';
import type { ShopApi } from '../../apps/sample/web/src/api/shop-api.js';
import { completeDetails } from '../../apps/sample/web/src/flows/complete-details.js';
import { declineLink } from '../../apps/sample/web/src/flows/decline-link.js';
import { proveAccount } from '../../apps/sample/web/src/flows/prove-account.js';
import { resumeSession } from '../../apps/sample/web/src/flows/resume-session.js';
import { signIn } from '../../apps/sample/web/src/flows/sign-in.js';
import { signOut } from '../../apps/sample/web/src/flows/sign-out.js';
import { unlinkVodaPay } from '../../apps/sample/web/src/flows/unlink-vodapay.js';
import { LINKS, loginOf, meOf, refused, Shop } from './shop.js';

const MAIL = refused('VODAPAY_LINK_PROOF_REQUIRED', 409, { ticket: 'vpt_1', delivery: 'email' });
const WEBSITE = refused('VODAPAY_LINK_PROOF_REQUIRED', 409, { ticket: 'vpt_1', delivery: 'link-code' });
const APPROVAL = refused('VODAPAY_LINK_PROOF_REQUIRED', 409, { ticket: 'vpt_1', delivery: 'approval' });
const TOO_OLD = refused('VODAPAY_REAUTHENTICATION_REQUIRED', 401, { next: 'new-auth-code' });

const READS: Partial<ShopApi> = {
  me: async () => meOf('a'),
  links: async () => LINKS,
  logout: async () => undefined,
};

async function signedIn(api: Partial<ShopApi> = {}): Promise<Shop> {
  const shop = new Shop({ ...READS, login: async () => loginOf('a'), ...api });
  await shop.flows.run('signing-in', signIn);
  return shop;
}

describe('signing in', () => {
  it('asks VodaPay for who she is and for her profile, and keeps the session only', async () => {
    const login = vi.fn(async () => loginOf('a', 'created'));
    const shop = new Shop({ ...READS, login });
    await shop.flows.run('signing-in', signIn);

    expect(shop.scopes).toHaveBeenCalledExactlyOnceWith(['auth_base', 'auth_user']);
    expect(login).toHaveBeenCalledExactlyOnceWith('code-1');
    expect(shop.state).toMatchObject({ place: { kind: 'signed-in' }, work: undefined, notice: { tone: 'good' } });
    expect(shop.tokens.read()).toBe('token-of-a');
    expect(JSON.stringify(shop.state)).not.toMatch(/token-of-a|code-1/);
  });

  it('cancelled: the shop stays open, and nothing is an error', async () => {
    const login = vi.fn();
    const shop = new Shop({ login });
    shop.consent = { kind: 'cancelled' };
    await shop.flows.run('signing-in', signIn);

    expect(login).not.toHaveBeenCalled();
    expect(shop.state).toMatchObject({ place: { kind: 'browsing' }, notice: { tone: 'plain' } });
  });

  it('a second tap while it runs counts as none', async () => {
    const login = vi.fn(async () => loginOf('a'));
    const shop = new Shop({ ...READS, login });
    await Promise.all([shop.flows.run('signing-in', signIn), shop.flows.run('signing-in', signIn)]);
    expect(login).toHaveBeenCalledOnce();
  });
});

describe('a pending link', () => {
  it('a wrong code leaves her where she is, the right one signs her in', async () => {
    const confirm = vi
      .fn<ShopApi['confirm']>()
      .mockRejectedValueOnce(refused('VODAPAY_LINK_PROOF_INVALID', 403, { next: 'retry' }))
      .mockResolvedValueOnce(loginOf('a', 'linked'));
    const shop = await signedIn({ login: async () => Promise.reject(MAIL), confirm });
    expect(shop.state.place).toEqual({ kind: 'proving', ticket: 'vpt_1', delivery: 'email' });

    await shop.flows.run('proving', proveAccount('WRNGCDE2'));
    expect(shop.state).toMatchObject({ place: { kind: 'proving' }, notice: { tone: 'bad' } });
    await shop.flows.run('proving', proveAccount('RGHTCDE2'));
    expect(shop.state).toMatchObject({ place: { kind: 'signed-in' }, notice: { tone: 'good' } });
    expect(confirm.mock.calls).toEqual([
      ['vpt_1', 'WRNGCDE2'],
      ['vpt_1', 'RGHTCDE2'],
    ]);
  });

  it('waits for the approval of a link code, asking in silence, and goes on when it comes', async () => {
    const confirm = vi.fn<ShopApi['confirm']>().mockRejectedValue(APPROVAL);
    const shop = await signedIn({ login: async () => Promise.reject(WEBSITE), confirm });
    await shop.flows.run('proving', proveAccount('LNKCODE2'));
    expect(shop.state.place).toEqual({ kind: 'awaiting-approval', ticket: 'vpt_1', code: 'LNKCODE2' });

    await shop.flows.runQuietly(proveAccount());
    expect(shop.state).toMatchObject({ place: { kind: 'awaiting-approval' }, notice: undefined });
    await shop.flows.run('proving', proveAccount());
    expect(shop.state.notice).toMatchObject({ tone: 'plain', text: expect.stringContaining('Not yet') as string });

    confirm.mockResolvedValue(loginOf('a', 'linked'));
    await shop.flows.runQuietly(proveAccount());
    expect(shop.state.place.kind).toBe('signed-in');
    expect(confirm).toHaveBeenLastCalledWith('vpt_1', 'LNKCODE2');
  });

  it('declined: a fresh account; a ticket that is over: signing in again', async () => {
    const decline = vi.fn<ShopApi['decline']>().mockResolvedValueOnce(loginOf('b', 'created'));
    const shop = await signedIn({ login: async () => Promise.reject(MAIL), decline });
    await shop.flows.run('declining', declineLink);
    expect(shop.state.place.kind).toBe('signed-in');

    const over = refused('VODAPAY_LINK_TICKET_INVALID', 401, { next: 'new-auth-code' });
    const late = await signedIn({ login: async () => Promise.reject(MAIL), decline: async () => Promise.reject(over) });
    await late.flows.run('declining', declineLink);
    expect(late.state).toMatchObject({ place: { kind: 'browsing' }, notice: { tone: 'bad' } });
  });
});

describe('an open session', () => {
  it('gives what is missing', async () => {
    const { account } = meOf('a');
    const shop = await signedIn({ me: async () => meOf('a', ['displayName']), complete: async () => account });
    await shop.flows.run('saving', completeDetails({ displayName: 'Zoë' }));
    expect(shop.state.place).toMatchObject({ me: { account: { displayName: 'Zoë', missing: [] } } });
  });

  it('that ended elsewhere is seen, told and forgotten', async () => {
    const ended = refused('VODAPAY_SESSION_INVALID', 401, { next: 'sign-in' });
    const me = vi.fn<ShopApi['me']>().mockResolvedValueOnce(meOf('a')).mockRejectedValueOnce(ended);
    const shop = await signedIn({ me });
    await shop.flows.runQuietly(resumeSession);

    expect(shop.state).toMatchObject({ place: { kind: 'browsing' }, notice: { tone: 'bad' } });
    expect(shop.tokens.read()).toBeUndefined();
  });

  it('outlives a server that is away: whoever looked unasked says nothing', async () => {
    const away = refused('VODAPAY_STORE_UNAVAILABLE', 503, { next: 'retry' });
    const me = vi.fn<ShopApi['me']>().mockResolvedValueOnce(meOf('a')).mockRejectedValue(away);
    const shop = await signedIn({ me });
    const before = shop.state;
    await shop.flows.runQuietly(resumeSession);

    expect(shop.state).toEqual(before);
    expect(shop.tokens.read()).toBe('token-of-a');
  });

  it('signs out at the server first: when that fails she is still signed in and knows it', async () => {
    const away = refused('VODAPAY_STORE_UNAVAILABLE', 503, { next: 'retry' });
    const logout = vi.fn<ShopApi['logout']>().mockRejectedValueOnce(away).mockResolvedValueOnce();
    const shop = await signedIn({ logout });
    await shop.flows.run('signing-out', signOut);
    expect(shop.state).toMatchObject({ place: { kind: 'signed-in' }, notice: { tone: 'bad' } });

    await shop.flows.run('signing-out', signOut);
    expect(shop.state).toMatchObject({ place: { kind: 'browsing' }, notice: { tone: 'plain' } });
    expect(shop.tokens.read()).toBeUndefined();
  });
});

describe('removing VodaPay', () => {
  const asked = async (api: Partial<ShopApi>): Promise<Shop> => {
    const shop = await signedIn(api);
    shop.context.tell({ type: 'unlink-asked' });
    return shop;
  };

  it('ends the session, because it came by VodaPay', async () => {
    const shop = await asked({ unlink: async () => {} });
    await shop.flows.run('unlinking', unlinkVodaPay);
    expect(shop.state).toMatchObject({ place: { kind: 'browsing' }, notice: { tone: 'good' } });
    expect(shop.tokens.read()).toBeUndefined();
  });

  it('explains why the last way in stays, and keeps the session', async () => {
    const last = refused('VODAPAY_LAST_SIGN_IN_METHOD', 409);
    const shop = await asked({ unlink: async () => Promise.reject(last) });
    await shop.flows.run('unlinking', unlinkVodaPay);
    expect(shop.state).toMatchObject({ place: { kind: 'signed-in', asksToUnlink: false }, notice: { tone: 'bad' } });
    expect(shop.tokens.read()).toBe('token-of-a');
  });

  it('asks VodaPay once more when the sign-in is too old, and then removes it', async () => {
    const unlink = vi.fn<ShopApi['unlink']>().mockRejectedValueOnce(TOO_OLD).mockResolvedValueOnce();
    const shop = await asked({ unlink });
    await shop.flows.run('unlinking', unlinkVodaPay);
    expect(shop.scopes).toHaveBeenCalledTimes(2);
    expect(unlink).toHaveBeenCalledTimes(2);
    expect(shop.state.place.kind).toBe('browsing');
  });

  it.each([
    ['she cancels', { kind: 'cancelled' }, 'plain'],
    ['VodaPay does not answer', { kind: 'failed' }, 'bad'],
  ] as const)('changes nothing when asked once more and %s', async (_, consent, tone) => {
    const unlink = vi.fn<ShopApi['unlink']>().mockRejectedValue(TOO_OLD);
    const shop = await asked({ unlink });
    shop.consent = consent;
    await shop.flows.run('unlinking', unlinkVodaPay);
    expect(unlink).toHaveBeenCalledOnce();
    expect(shop.state).toMatchObject({ place: { kind: 'signed-in' }, notice: { tone } });
  });

  it('leaves the account of somebody else alone who signs in when asked once more', async () => {
    const unlink = vi.fn<ShopApi['unlink']>().mockRejectedValue(TOO_OLD);
    const login = vi.fn<ShopApi['login']>().mockResolvedValueOnce(loginOf('a')).mockResolvedValueOnce(loginOf('b'));
    const me = vi.fn<ShopApi['me']>().mockResolvedValueOnce(meOf('a')).mockResolvedValueOnce(meOf('b'));
    const away = refused('VODAPAY_STORE_UNAVAILABLE', 503, { next: 'retry' });
    const logout = vi.fn<ShopApi['logout']>().mockRejectedValue(away);
    const shop = await asked({ unlink, login, me, logout });
    await shop.flows.run('unlinking', unlinkVodaPay);

    expect(unlink).toHaveBeenCalledOnce();
    // The session that nobody holds any more is ended at the server, as far as it can be.
    expect(logout).toHaveBeenCalledExactlyOnceWith('token-of-a');
    expect(shop.state.place).toMatchObject({ me: { account: { id: 'b' } }, asksToUnlink: false });
    expect(shop.state.notice?.text).toContain('another VodaPay user');
    expect(shop.tokens.read()).toBe('token-of-b');
  });

  it('a spent auth code when asked once more does not sign her out', async () => {
    const used = refused('VODAPAY_AUTH_CODE_USED', 401, { next: 'new-auth-code' });
    const login = vi.fn<ShopApi['login']>().mockResolvedValueOnce(loginOf('a')).mockRejectedValueOnce(used);
    const shop = await asked({ unlink: async () => Promise.reject(TOO_OLD), login });
    await shop.flows.run('unlinking', unlinkVodaPay);
    expect(shop.state.place.kind).toBe('signed-in');
    expect(shop.tokens.read()).toBe('token-of-a');
  });
});
