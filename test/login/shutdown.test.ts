import { once } from 'node:events';
import { connect } from 'node:net';
import type { INestApplication } from '@nestjs/common';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { statementCounter } from '../databases/statement-counter.js';
import { gate } from '../linking/gate.js';
import { MemoryAccounts } from '../linking/memory-accounts.js';
import { startMerchant, type Merchant } from './start-merchant.js';

const [ANNA, BEN, CARL] = ['216610000000000000781', '216610000000000000782', '216610000000000000783'];

/** From here on a session asks ahead, in milliseconds: 80 % of `revalidateAfterMs`. */
const SOON_DUE_MS = 240_000;

/** Whoever makes an account waits until it is let through. */
class HeldAccounts extends MemoryAccounts {
  readonly arrived = gate();
  readonly released = gate();

  override async create(...asked: Parameters<MemoryAccounts['create']>) {
    this.arrived.open();
    await this.released.opened;
    return super.create(...asked);
  }
}

const accounts = new HeldAccounts();
let merchant: Merchant;
let requests = 0;
beforeAll(async () => {
  const prepare = (app: INestApplication): void => void app.getHttpServer().on('request', () => (requests += 1));
  merchant = await startMerchant({ options: { accounts }, prepare });
});
afterAll(() => merchant.close());

/** Whether anybody listens at the address. */
async function isListening(url: string): Promise<boolean> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  const listens = await once(socket, 'connect').then(
    () => true,
    () => false,
  );
  socket.destroy();
  return listens;
}

it('closing the application lets logins in flight finish, at VodaPay and at the account directory, and takes no new one', async () => {
  const logins = [merchant.login(ANNA), merchant.login(BEN, 'token:slow'), merchant.login(CARL, 'inquiry:slow')];
  await accounts.arrived.opened;
  await vi.waitFor(() => expect(requests).toBe(logins.length));

  const closed = merchant.app.close();
  while (await isListening(merchant.url));
  accounts.released.open();

  const answers = await Promise.all(logins);
  const signedIn = { status: 200, body: { outcome: 'created', token: expect.stringMatching(/^vps_/) } };
  expect(answers).toMatchObject(logins.map(() => signedIn));
  await closed;
});

it('what a refresh under way brings is stored before the database goes: its refresh token is spent', async () => {
  const { logger, during } = statementCounter();
  const other = await startMerchant({ logger });
  const bearer = await other.signedIn(ANNA);
  const fault = JSON.stringify({ userId: ANNA, fault: 'refresh:slow' });
  const headers = { 'content-type': 'application/json' };
  await fetch(`${other.wallet.controlUrl}/faults`, { method: 'POST', headers, body: fault });
  other.wallet.expire(ANNA);
  other.clock.now += SOON_DUE_MS;
  expect(await other.request('GET', '/me', { bearer })).toMatchObject({ status: 200 });
  const applied = () => other.wallet.calls.filter(({ operation }) => operation === 'applyToken');
  await vi.waitFor(() => expect(applied()).toHaveLength(2));

  const statements = await during(() => other.close());

  expect(statements).toContainEqual(expect.stringContaining('token_version = token_version + 1'));
});
