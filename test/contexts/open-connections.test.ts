import type { IncomingMessage } from 'node:http';
import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { Controller, Sse, UseGuards } from '@nestjs/common';
import { GraphQLModule, Query, Resolver, Subscription } from '@nestjs/graphql';
import { IoAdapter } from '@nestjs/platform-socket.io';
import { WsAdapter } from '@nestjs/platform-ws';
import { SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import { VodaPayAuthGuard, VodaPaySessionService, VodaPaySocketService, VodaPayUser } from 'nestjs-vodapay';
import { NEVER } from 'rxjs';
import { io, type Socket } from 'socket.io-client';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { WebSocket } from 'ws';
import { LiveSessions } from '../../libs/vodapay/src/session/live-sessions.js';
import { recordSecret } from '../leaks/record-secret.js';
import type { Merchant, MerchantSetUp } from '../login/start-merchant.js';
import { LoginResolver } from './login.resolver.js';
import { startGuarded } from './merchant-with-guard.js';

const USER = '216610000000000000001';
const UNAUTHORISED = 4_401;

@WebSocketGateway()
class NewsGateway {
  constructor(private readonly sockets: VodaPaySocketService) {}

  async handleConnection(client: { send(text: string): void }, request?: IncomingMessage): Promise<void> {
    const user = await this.sockets.admit(client, request, { optional: request?.url === '/?anybody' });
    if (user !== undefined) client.send(JSON.stringify({ event: 'welcome', data: user.userId }));
  }

  @UseGuards(VodaPayAuthGuard)
  @SubscribeMessage('whoami')
  whoami(@VodaPayUser('userId') userId: string) {
    return { event: 'you', data: userId };
  }
}

@Controller()
class NewsController {
  @UseGuards(VodaPayAuthGuard)
  @Sse('news')
  news() {
    return NEVER;
  }
}

@Resolver()
class NewsResolver {
  @Query(() => String)
  version() {
    return '1';
  }

  @UseGuards(VodaPayAuthGuard)
  @Subscription(() => String)
  news(@VodaPayUser('userId') userId: string) {
    return oneThenSilence({ news: `for ${userId}` });
  }
}

async function* oneThenSilence<T>(first: T): AsyncGenerator<T> {
  yield first;
  await new Promise(() => {});
}

let merchant: Merchant;
const start = async (
  module: NonNullable<MerchantSetUp['module']>,
  prepare?: MerchantSetUp['prepare'],
): Promise<{ readonly bearer: string; readonly accountId: string; readonly sessions: VodaPaySessionService }> => {
  merchant = await startGuarded({ global: false }, module, prepare);
  const bearer = await merchant.signedIn(USER);
  const { body } = await merchant.request('GET', '/me', { bearer });
  return {
    bearer,
    accountId: String(body['accountId']),
    sessions: merchant.app.get(VodaPaySessionService, { strict: false }),
  };
};
const startWs = () =>
  start({ providers: [NewsGateway] }, (app) => {
    app.useWebSocketAdapter(new WsAdapter(app));
  });
/** Whose connections are held, as the look that comes every second shows: it asks about no session without one. */
async function held(): Promise<readonly string[]> {
  const look = vi.spyOn(merchant.app.get(LiveSessions, { strict: false }), 'aliveAmong');
  vi.advanceTimersByTime(1_000);
  await Promise.all(look.mock.results.map(({ value }) => value as Promise<unknown>));
  await new Promise(setImmediate);
  const asked = look.mock.calls.flatMap(([ids]) => ids);
  look.mockRestore();
  return asked;
}
/** Before the application starts, for `held`. */
const lookByHand = (): void => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  onTestFinished(() => void vi.useRealTimers());
};
const connect = (path: string, bearer?: string, protocol?: string): WebSocket =>
  new WebSocket(merchant.url.replace('http', 'ws') + path, protocol, {
    headers: bearer === undefined ? {} : { authorization: `Bearer ${bearer}` },
  });
const nextMessage = (socket: WebSocket): Promise<unknown> =>
  new Promise((resolve) => socket.once('message', (text: Buffer) => resolve(JSON.parse(text.toString()))));
const closed = (socket: WebSocket): Promise<unknown> =>
  new Promise((resolve) => socket.once('close', (status, reason) => resolve([status, reason.toString()])));

afterEach(() => merchant.close());

describe('A socket of ws', () => {
  it('is told who it is, serves on its handshake, and closes at once when its session ends', async () => {
    lookByHand();
    const { bearer, accountId, sessions } = await startWs();
    const socket = connect('/', bearer);
    expect(await nextMessage(socket)).toEqual({ event: 'welcome', data: USER });
    const answer = nextMessage(socket);
    socket.send(JSON.stringify({ event: 'whoami' }));
    expect(await answer).toEqual({ event: 'you', data: USER });
    expect(await held()).toHaveLength(1);
    const end = closed(socket);
    await sessions.endSessions(accountId);
    expect(await end).toEqual([UNAUTHORISED, 'VODAPAY_SESSION_INVALID']);
    expect(await held()).toEqual([]);
  });

  it('closes within a second when another process has ended its session', async () => {
    const { bearer } = await startWs();
    const socket = connect('/', bearer);
    await nextMessage(socket);
    const end = closed(socket);
    await merchant.dataSource.query('DELETE FROM vodapay_session');
    expect(await end).toEqual([UNAUTHORISED, 'VODAPAY_SESSION_INVALID']);
  });

  it('closes within a second when its session expires', async () => {
    const { bearer } = await startWs();
    const socket = connect('/', bearer);
    await nextMessage(socket);
    const end = closed(socket);
    merchant.clock.now += 31 * 24 * 3_600_000;
    expect(await end).toEqual([UNAUTHORISED, 'VODAPAY_SESSION_INVALID']);
  });

  it('closes after a rotation if it came with the former token, once the new one could be told on it', async () => {
    const { bearer, sessions } = await startWs();
    const { body } = await merchant.request('GET', '/me', { bearer });
    const former = connect('/', bearer);
    await nextMessage(former);
    const end = closed(former);
    const { token } = await sessions.rotate((body['session'] as { readonly id: string }).id);
    const told = nextMessage(former);
    former.send(JSON.stringify({ event: 'whoami' }));
    expect(await told).toMatchObject({ event: 'exception', data: { code: 'VODAPAY_SESSION_INVALID' } });
    const current = connect('/', recordSecret('session token', token));
    expect(await nextMessage(current)).toEqual({ event: 'welcome', data: USER });
    expect(await end).toEqual([UNAUTHORISED, 'VODAPAY_SESSION_INVALID']);
    const answer = nextMessage(current);
    current.send(JSON.stringify({ event: 'whoami' }));
    expect(await answer).toEqual({ event: 'you', data: USER });
    current.close();
  });

  it('is refused when it connects without credentials, or with bad ones', async () => {
    await startWs();
    expect(await closed(connect('/'))).toEqual([UNAUTHORISED, 'VODAPAY_CREDENTIALS_MISSING']);
    expect(await closed(connect('/?anybody', 'vps_nobodys'))).toEqual([UNAUTHORISED, 'VODAPAY_SESSION_INVALID']);
    expect(await closed(connect('/', 'x'.repeat(129)))).toEqual([4_400, 'VODAPAY_CREDENTIALS_MALFORMED']);
  });

  it('stays open when its messages bring their own bearer, and takes no second one beside the handshake', async () => {
    const { bearer, accountId, sessions } = await startWs();
    const other = await merchant.signedIn('216610000000000000002');
    const [shared, own] = [connect('/?anybody'), connect('/', bearer)];
    await new Promise((resolve) => shared.once('open', resolve));
    await nextMessage(own);
    const ask = (socket: WebSocket, token: string): Promise<unknown> => {
      const answer = nextMessage(socket);
      socket.send(JSON.stringify({ event: 'whoami', data: { headers: { authorization: `Bearer ${token}` } } }));
      return answer;
    };
    expect(await ask(shared, bearer)).toEqual({ event: 'you', data: USER });
    expect(await ask(shared, other)).toEqual({ event: 'you', data: '216610000000000000002' });
    expect(await ask(own, other)).toMatchObject({ data: { statusCode: 400, code: 'VODAPAY_CREDENTIALS_AMBIGUOUS' } });
    await sessions.endSessions(accountId);
    expect(await ask(shared, bearer)).toMatchObject({ data: { code: 'VODAPAY_SESSION_INVALID' } });
    expect(await ask(shared, other)).toEqual({ event: 'you', data: '216610000000000000002' });
    shared.close();
  });

  it('is forgotten when it disconnects', async () => {
    lookByHand();
    const { bearer } = await startWs();
    const socket = connect('/', bearer);
    await nextMessage(socket);
    expect(await held()).toHaveLength(1);
    socket.close();
    await expect.poll(held).toEqual([]);
  });
});

it('a socket of socket.io hears why before it is disconnected', async () => {
  lookByHand();
  const { bearer, accountId, sessions } = await start({ providers: [NewsGateway] }, (app) => {
    app.useWebSocketAdapter(new IoAdapter(app));
  });
  const socket: Socket = io(merchant.url, { auth: { token: bearer }, transports: ['websocket'], reconnection: false });
  await new Promise((resolve) => socket.once('message', resolve));
  const reason = new Promise((resolve) => socket.once('exception', resolve));
  const disconnected = new Promise((resolve) => socket.once('disconnect', resolve));
  await sessions.endSessions(accountId);
  expect(await reason).toMatchObject({ statusCode: 401, code: 'VODAPAY_SESSION_INVALID', next: 'sign-in' });
  expect(await disconnected).toBe('io server disconnect');
  expect(await held()).toEqual([]);
});

it.each(['express', 'fastify'] as const)('a stream of events on %s ends with its session', async (platform) => {
  lookByHand();
  merchant = await startGuarded({ global: false, platform }, { controllers: [NewsController] });
  const bearer = await merchant.signedIn(USER);
  const { body } = await merchant.request('GET', '/me', { bearer });
  const stream = await fetch(`${merchant.url}/news`, { headers: { authorization: `Bearer ${bearer}` } });
  const ended = stream.text().then(
    () => 'ended',
    () => 'ended',
  );
  expect([stream.status, (await held()).length]).toEqual([200, 1]);
  await merchant.app.get(VodaPaySessionService, { strict: false }).endSessions(String(body['accountId']));
  expect(await ended).toBe('ended');
  await expect.poll(held).toEqual([]);
});

it.each(['handshake', 'connectionParams'] as const)(
  'a GraphQL subscription with its bearer in the %s runs until its session ends',
  async (place) => {
    const graphql = GraphQLModule.forRoot<ApolloDriverConfig>({
      driver: ApolloDriver,
      autoSchemaFile: true,
      graphiql: false,
      subscriptions: { 'graphql-ws': true },
    });
    const { bearer, accountId, sessions } = await start({ imports: [graphql], providers: [NewsResolver] });
    const socket = connect('/graphql', place === 'handshake' ? bearer : undefined, 'graphql-transport-ws');
    await new Promise((resolve) => socket.once('open', resolve));
    const acknowledged = nextMessage(socket);
    const payload = place === 'handshake' ? {} : { authorization: `Bearer ${bearer}` };
    socket.send(JSON.stringify({ type: 'connection_init', payload }));
    expect(await acknowledged).toMatchObject({ type: 'connection_ack' });
    const first = nextMessage(socket);
    socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query: 'subscription { news }' } }));
    expect(await first).toMatchObject({ type: 'next', payload: { data: { news: `for ${USER}` } } });
    const end = closed(socket);
    await sessions.endSessions(accountId);
    expect(await end).toEqual([UNAUTHORISED, 'VODAPAY_SESSION_INVALID']);
  },
);

it('the fields of one GraphQL operation each keep their own user', async () => {
  const graphql = GraphQLModule.forRoot<ApolloDriverConfig>({
    driver: ApolloDriver,
    autoSchemaFile: true,
    graphiql: false,
  });
  await start({ imports: [graphql], providers: [LoginResolver] });
  const others = ['216610000000000000003', '216610000000000000004', '216610000000000000005'];
  const fields = others.map(
    (userId, index) => `u${index}: login(authCode: "${merchant.wallet.issueCode({ userId })}")`,
  );
  const { body } = await merchant.request('POST', '/graphql', { body: { query: `{ ${fields.join(' ')} }` } });
  expect(body['data']).toEqual({ u0: others[0], u1: others[1], u2: others[2] });
});
