import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { recordSecret } from '../leaks/record-secret.js';
import { startMerchant, type Merchant } from './start-merchant.js';

const [ANNA, BEN, CARL] = ['216610000000000000791', '216610000000000000792', '216610000000000000793'];

const SENT = 'undici:client:sendHeaders';
/** Every request that undici wrote, and on which connection, as it tells itself. */
const written: { readonly origin: string; readonly socket: Socket }[] = [];
function note(message: unknown): void {
  const { request, socket } = message as { readonly request: { readonly origin: string }; readonly socket: Socket };
  written.push({ origin: request.origin, socket });
}
beforeAll(() => subscribe(SENT, note));
afterAll(() => void unsubscribe(SENT, note));

const writtenTo = ({ wallet }: Merchant) => written.filter(({ origin }) => origin === wallet.url);
const connectionsOf = (merchant: Merchant) => [...new Set(writtenTo(merchant).map(({ socket }) => socket))];

const overUndici = (): Promise<Merchant> =>
  startMerchant({ options: { http: { transport: 'undici' }, credentials: { accessToken: true } } });

describe('An application whose calls to the wallet go over undici', () => {
  let merchant: Merchant;
  beforeAll(async () => {
    merchant = await overUndici();
  });
  afterAll(() => merchant.close());

  it('signs a user in by auth code: first with a new account, then with the same one', async () => {
    const first = await merchant.login(ANNA);
    const returning = await merchant.login(ANNA);
    expect(first).toMatchObject({ status: 200, body: { outcome: 'created', token: expect.stringMatching(/^vps_/) } });
    expect(returning).toMatchObject({
      status: 200,
      body: { outcome: 'existing', accountId: first.body['accountId'], token: expect.stringMatching(/^vps_/) },
    });
    const me = await merchant.request('GET', '/me', { bearer: String(returning.body['token']) });
    expect(me).toMatchObject({ status: 200, body: { userId: ANNA, accountId: first.body['accountId'] } });
    expect(await merchant.count('vodapay_account_link')).toBe(1);
  });

  it('signs her in by access token too', async () => {
    const { accessToken } = await merchant.inquiry.applyToken(merchant.wallet.issueCode({ userId: ANNA }));
    const bearer = recordSecret('access token', accessToken);
    expect(await merchant.request('GET', '/me', { bearer })).toMatchObject({ status: 200, body: { userId: ANNA } });
  });

  it('refuses what the wallet refuses, and what is not signed', async () => {
    expect(await merchant.login(BEN, 'token:USED_CODE')).toMatchObject({
      status: 401,
      body: { code: 'VODAPAY_AUTH_CODE_USED' },
    });
    expect(await merchant.login(BEN, 'inquiry:unsigned')).toMatchObject({
      status: 502,
      body: { code: 'VODAPAY_RESPONSE_UNSIGNED' },
    });
  });

  it('sends every call that way, one after the other on one connection', () => {
    expect(merchant.wallet.calls.length).toBeGreaterThan(6);
    expect(writtenTo(merchant)).toHaveLength(merchant.wallet.calls.length);
    expect(connectionsOf(merchant)).toHaveLength(1);
  });

  it('lets a login in flight finish when it closes, and keeps no connection to the wallet', async () => {
    const before = merchant.wallet.calls.length;
    const login = merchant.login(CARL, 'inquiry:slow');
    await vi.waitFor(() => expect(merchant.wallet.calls.length).toBeGreaterThan(before + 1));
    const open = connectionsOf(merchant).filter(({ destroyed }) => !destroyed);
    expect(open).not.toEqual([]);

    await merchant.app.close();

    expect(await login).toMatchObject({ status: 200, body: { outcome: 'created' } });
    await vi.waitFor(() => expect(connectionsOf(merchant).map(({ destroyed }) => destroyed)).not.toContain(false));
  });
});

it('A wallet that has gone down is told as 503 over undici, and the session goes on', async () => {
  const merchant = await overUndici();
  onTestFinished(() => merchant.close());
  const bearer = await merchant.signedIn(ANNA);
  await merchant.wallet.stop();

  const refused = await merchant.login(ANNA);

  expect(refused).toMatchObject({
    status: 503,
    headers: { 'retry-after': expect.stringMatching(/^\d+$/) },
    body: { code: 'VODAPAY_UNREACHABLE', next: 'retry' },
  });
  expect(await merchant.request('GET', '/me', { bearer })).toMatchObject({ status: 200, body: { userId: ANNA } });
});
