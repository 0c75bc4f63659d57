import { afterAll, beforeAll, expect, it } from 'vitest';
import { freshConsumer, type FreshConsumer } from './fresh-consumer.js';
import { startLocalWallet, type LocalWallet } from './local-wallet.js';

let wallet: LocalWallet;
let consumer: FreshConsumer;
beforeAll(async () => {
  wallet = await startLocalWallet();
  consumer = await freshConsumer('nest-11-contexts');
});
afterAll(async () => {
  consumer?.remove();
  await wallet?.stop();
});

const ON_EXPRESS = '2166100000000000000113';
const ON_FASTIFY = '2166100000000000000114';
const INVALID = 'VODAPAY_SESSION_INVALID';

const guarded = (user: string) => ({
  accepted: user,
  refused: 'VODAPAY_CREDENTIALS_MISSING',
  ended: INVALID,
  public: 'anybody',
  optional: ['nobody', user, INVALID],
});

it('the guard of the packed library works in every context of Nest 11', async () => {
  await consumer.npm(['run', 'build']);
  const printed = await consumer.npm(['run', '--silent', 'contexts'], wallet.environment);
  expect(JSON.parse(printed.trim().split('\n').at(-1) ?? '')).toEqual({
    express: guarded(ON_EXPRESS),
    graphql: guarded(ON_EXPRESS),
    ws: guarded(ON_EXPRESS),
    rpc: guarded(ON_EXPRESS),
    fastify: guarded(ON_FASTIFY),
    socketIo: guarded(ON_FASTIFY),
  });
});
