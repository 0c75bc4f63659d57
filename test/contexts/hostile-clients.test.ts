import type { AddressInfo, Server } from 'node:net';
import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { GraphQLModule } from '@nestjs/graphql';
import { ClientProxyFactory, Transport, type ClientProxy } from '@nestjs/microservices';
import { IoAdapter } from '@nestjs/platform-socket.io';
import { WsAdapter } from '@nestjs/platform-ws';
import { VodaPaySessionService } from 'nestjs-vodapay';
import { firstValueFrom } from 'rxjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Merchant } from '../login/start-merchant.js';
import { HostileController, HostileGateway, HostileMessages, HostileResolver } from './hostile-routes.js';
import { startGuarded } from './merchant-with-guard.js';
import { askPipelined, askRaw } from './send-raw.js';
import { openSocketIo, openWs, type OpenSocket } from './socket-client.js';
import { verdict } from './verdict.js';

const [ALICE, BOB] = ['216610000000000000001', '216610000000000000002'];
const MISSING = [401, 'VODAPAY_CREDENTIALS_MISSING'];
const MALFORMED = [400, 'VODAPAY_CREDENTIALS_MALFORMED'];
const AMBIGUOUS = [400, 'VODAPAY_CREDENTIALS_AMBIGUOUS'];
const INVALID = [401, 'VODAPAY_SESSION_INVALID'];
const MANY = 400_000;

/** As JSON brings it: `__proto__` is a property of its own. */
const json = (source: string): unknown => JSON.parse(source);

describe.each(['express', 'fastify'] as const)('Clients that mean harm, with an application on %s', (platform) => {
  let merchant: Merchant;
  let messages: ClientProxy;
  let alice: string;
  let bob: string;

  beforeAll(async () => {
    let port = 0;
    const graphql = GraphQLModule.forRoot<ApolloDriverConfig>({
      driver: ApolloDriver,
      autoSchemaFile: true,
      graphiql: false,
      allowBatchedHttpRequests: true,
    });
    merchant = await startGuarded(
      { global: false, platform },
      {
        imports: platform === 'express' ? [graphql] : [],
        controllers: [HostileController, HostileMessages],
        providers: [HostileGateway, ...(platform === 'express' ? [HostileResolver] : [])],
      },
      async (app) => {
        app.useWebSocketAdapter(platform === 'express' ? new WsAdapter(app) : new IoAdapter(app));
        const service = app.connectMicroservice({ transport: Transport.TCP, options: { host: '127.0.0.1', port: 0 } });
        await app.startAllMicroservices();
        ({ port } = service.unwrap<Server>().address() as AddressInfo);
      },
    );
    messages = ClientProxyFactory.create({ transport: Transport.TCP, options: { host: '127.0.0.1', port } });
    [alice, bob] = [await merchant.signedIn(ALICE), await merchant.signedIn(BOB)];
  });
  afterAll(async () => {
    await messages.close();
    await merchant.close();
  });

  const overHttp = async (path: string, body: unknown, authorization?: string): Promise<unknown> => {
    const headers = { 'content-type': 'application/json', ...(authorization === undefined ? {} : { authorization }) };
    const answer = await fetch(merchant.url + path, { method: 'POST', headers, body: JSON.stringify(body) });
    return verdict(await answer.json());
  };
  const overRpc = (pattern: string, data: unknown): Promise<unknown> =>
    firstValueFrom(messages.send<unknown>(pattern, data)).then(verdict, verdict);
  /** Both kinds of sockets, opened with this bearer, and what a message on them is answered. */
  const openSocket = async (bearer?: string): Promise<OpenSocket> =>
    platform === 'express' ? openWs(merchant.url, bearer) : openSocketIo(merchant.url, bearer);

  /** What stands in the place of `Authorization` in a message. */
  const inMessage: readonly (readonly [unknown, unknown])[] = [
    [7, MALFORMED],
    [true, MALFORMED],
    [[], MALFORMED],
    [['Bearer x'], MALFORMED],
    [{}, MALFORMED],
    [json('{ "__proto__": { "length": 1 } }'), MALFORMED],
    [{ toString: 'Bearer x', length: 8 }, MALFORMED],
    [null, MISSING],
    ['', MISSING],
    ['Bearer', MALFORMED],
    ['bearer \t ', MALFORMED],
    ['Basic eDp5', MISSING],
    ['Bearervps_x', MISSING],
    ['Bearer vps_x\u0000', MALFORMED],
    ['Bearer vps_x\r\nX: y', MALFORMED],
    [`Bearer ${'x'.repeat(MANY)}`, MALFORMED],
    [`Bearer${' '.repeat(MANY)}\nvps_x`, MALFORMED],
    [`Bearer x${' '.repeat(MANY)}x`, MALFORMED],
    ['Bearer vps_\ud800', INVALID],
    ['Bearer vps_a, Bearer vps_b', INVALID],
  ];

  it('R13: what is no credential is a 400 or 401 in a message of a socket and of a microservice, whatever it is', async () => {
    const socket = await openSocket();
    for (const [authorization, expected] of inMessage) {
      const data = { headers: { authorization } };
      const outcomes = [await socket.ask('who', data), await overRpc('who', data)];
      expect(outcomes, JSON.stringify(authorization).slice(0, 40)).toEqual([expected, expected]);
    }
    for (const data of [undefined, null, 7, '', 'Bearer', [], [['x']], { headers: 'Bearer' }, { headers: null }]) {
      expect([await socket.ask('who', data), await overRpc('who', data ?? '')]).toEqual([MISSING, MISSING]);
    }
    const inherited = json(`{ "__proto__": { "headers": { "authorization": "Bearer ${alice}" } } }`);
    expect([await socket.ask('who', inherited), await overRpc('who', inherited)]).toEqual([MISSING, MISSING]);
    socket.close();
  });

  it('R13: an auth code of any type but text is a 400, over HTTP, sockets and microservices', async () => {
    const socket = await openSocket();
    for (const authCode of [
      1,
      true,
      null,
      [],
      ['x'],
      {},
      { length: 1 },
      '',
      ' ',
      'x\u0000',
      'x'.repeat(50_000),
      alice,
    ]) {
      const body = { authCode };
      expect([
        await overHttp('/sign-in', body),
        await socket.ask('sign-in', body),
        await overRpc('sign-in', body),
      ]).toEqual([MALFORMED, MALFORMED, MALFORMED]);
    }
    const inherited = json('{ "__proto__": { "authCode": "x" } }');
    expect(await overHttp('/sign-in', json('[]'))).toEqual(MISSING);
    expect([await socket.ask('sign-in', inherited), await overRpc('sign-in', inherited)]).toEqual([MISSING, MISSING]);
    socket.close();
  });

  it('no token counts in a cookie, a query string, another header or another scheme', async () => {
    const places: readonly (readonly [string, Record<string, string>])[] = [
      [`/who?access_token=${alice}&token=${alice}&authorization=Bearer%20${alice}`, {}],
      ['/who', { cookie: `authorization=Bearer ${alice}; session=${alice}` }],
      ['/who', { 'x-authorization': `Bearer ${alice}`, 'proxy-authorization': `Bearer ${alice}` }],
      ['/who', { authorization: `Token ${alice}` }],
      ['/who', { authorization: alice }],
    ];
    for (const [path, headers] of places) {
      const answer = await fetch(merchant.url + path, { method: 'POST', headers });
      expect([answer.headers.get('www-authenticate'), verdict(await answer.json())]).toEqual(['Bearer', MISSING]);
    }
    for (const scheme of ['BEARER', 'bearer', 'bEaReR \t']) {
      expect(await overHttp('/who', {}, `${scheme} ${alice}`)).toBe(ALICE);
    }
  });

  it('several Authorization lines: the same one is one, two different ones are nobody', async () => {
    const ask = (...lines: readonly string[]): Promise<unknown> => askRaw(merchant.url, lines);
    const [first, second] = [`Authorization: Bearer ${alice}`, `authorization: Bearer ${bob}`];
    expect(await ask(first)).toEqual([ALICE]);
    expect(await ask(first, first.toUpperCase().replace(/BEARER.*/, `bearer ${alice}`))).toEqual([ALICE]);
    expect(await ask(first, second)).toEqual([AMBIGUOUS]);
    expect(await ask(second, 'X: y', first)).toEqual([AMBIGUOUS]);
    expect(await ask(`Authorization: Bearer ${alice}, Bearer ${bob}`)).toEqual([INVALID]);
  });

  it('requests of two users on one connection, sent ahead of their answers, are each their own', async () => {
    const [of, other] = [`Authorization: Bearer ${alice}`, `Authorization: Bearer ${bob}`];
    const turns = Array.from({ length: 20 }, (_, n) => (n % 3 === 0 ? 'X: y' : n % 2 === 0 ? of : other));
    const expected = turns.map((line) => (line === of ? ALICE : line === other ? BOB : MISSING));
    expect(await askPipelined(merchant.url, turns)).toEqual(expected);
  });

  it('every message of a socket is judged by itself, also one that is no object', async () => {
    const token = await merchant.signedIn(ALICE);
    const socket = await openSocket(token);
    expect([await socket.ask('who', 'text'), await socket.ask('who', undefined)]).toEqual([ALICE, ALICE]);
    const sessions = merchant.app.get(VodaPaySessionService, { strict: false });
    const id = await sessionOf(merchant, token);
    // Under another token the session lives on, and the token that the socket came with counts no more.
    await sessions.rotate(id);
    expect([await socket.ask('who', 'text'), await socket.ask('who', undefined), await socket.ask('who', {})]).toEqual([
      INVALID,
      INVALID,
      INVALID,
    ]);
    socket.close();
  });

  it('a socket that comes again with an ended session is refused', async () => {
    const token = await merchant.signedIn(BOB);
    const socket = await openSocket(token);
    expect(await socket.ask('who', {})).toBe(BOB);
    const sessions = merchant.app.get(VodaPaySessionService, { strict: false });
    await sessions.end(await sessionOf(merchant, token));
    expect(await socket.closed).toBe('VODAPAY_SESSION_INVALID');
    const again = await openSocket(token);
    expect(await again.closed).toBe('VODAPAY_SESSION_INVALID');
  });

  if (platform === 'express') {
    it('GraphQL: each operation of a batch and each alias is judged by itself', async () => {
      const send = async (body: unknown, bearer?: string): Promise<unknown> => {
        const headers = { 'content-type': 'application/json', ...(bearer && { authorization: `Bearer ${bearer}` }) };
        return (await fetch(`${merchant.url}/graphql`, { method: 'POST', headers, body: JSON.stringify(body) })).json();
      };
      const code = merchant.wallet.issueCode({ userId: BOB });
      const refusal = (code: string, path: string) =>
        expect.objectContaining({ path: [path], extensions: expect.objectContaining({ code }) });
      const aliased = { query: `{ a: signIn(authCode: "${code}") b: signIn(authCode: "${code}") c: who }` };
      const answer = (await send(aliased)) as { readonly errors: readonly unknown[] };
      // One of both spends the code. The field that asks for a session has none.
      expect(answer.errors).toHaveLength(2);
      expect(answer.errors).toContainEqual(refusal('VODAPAY_CREDENTIALS_MISSING', 'c'));
      const batch = [{ query: '{ who }' }, { query: '{ signIn(authCode: "") }' }, { query: '{ a: who b: who }' }];
      expect(await send(batch, alice)).toEqual([
        { data: { who: ALICE } },
        expect.objectContaining({ errors: [refusal('VODAPAY_CREDENTIALS_AMBIGUOUS', 'signIn')] }),
        { data: { a: ALICE, b: ALICE } },
      ]);
      expect(await send([{ query: '{ signIn(authCode: "\\u0000") }' }])).toEqual([
        expect.objectContaining({ errors: [refusal('VODAPAY_CREDENTIALS_MALFORMED', 'signIn')] }),
      ]);
    });
  }
});

async function sessionOf({ request }: Merchant, bearer: string): Promise<string> {
  return ((await request('GET', '/me', { bearer })).body['session'] as { readonly id: string }).id;
}
