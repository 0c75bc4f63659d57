import type { AddressInfo, Server } from 'node:net';
import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { Module, type INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { GraphQLModule } from '@nestjs/graphql';
import { ClientProxyFactory, Transport } from '@nestjs/microservices';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { IoAdapter } from '@nestjs/platform-socket.io';
import { WsAdapter } from '@nestjs/platform-ws';
import { firstValueFrom } from 'rxjs';
import { io } from 'socket.io-client';
import { WebSocket } from 'ws';
import { AppModule } from './app';
import { Fields, Gateway, HttpRoutes, MessageRoutes } from './routes';

/** Whose request it was, or the code of its refusal. */
type Ask = (route: string, token?: string) => Promise<unknown>;

const GRAPHQL = GraphQLModule.forRoot<ApolloDriverConfig>({
  driver: ApolloDriver,
  autoSchemaFile: true,
  graphiql: false,
});

@Module({ imports: [AppModule, GRAPHQL], controllers: [HttpRoutes, MessageRoutes], providers: [Fields, Gateway] })
class OnExpress {}

@Module({ imports: [AppModule], controllers: [HttpRoutes], providers: [Gateway] })
class OnFastify {}

async function main() {
  const express = await NestFactory.create(OnExpress, { logger: ['error'] });
  express.useWebSocketAdapter(new WsAdapter(express));
  const service = express.connectMicroservice({ transport: Transport.TCP, options: { host: '127.0.0.1', port: 0 } });
  await express.startAllMicroservices();
  const { port } = service.unwrap<Server>().address() as AddressInfo;
  const client = ClientProxyFactory.create({ transport: Transport.TCP, options: { host: '127.0.0.1', port } });
  const first = await signedIn(express, '2166100000000000000113');
  const outcomes = {
    express: await outcomesOf(overHttp(first.url), first.token),
    graphql: await outcomesOf(overGraphql(first.url), first.token),
    ws: await outcomesOf(overWs(first.url), first.token),
    rpc: await outcomesOf(
      (route, token) => firstValueFrom(client.send(route, inMessage(token))).then(said, said),
      first.token,
    ),
  };
  await client.close();
  await express.close();

  const fastify = await NestFactory.create(OnFastify, new FastifyAdapter(), { logger: ['error'] });
  fastify.useWebSocketAdapter(new IoAdapter(fastify));
  const second = await signedIn(fastify, '2166100000000000000114');
  const others = {
    fastify: await outcomesOf(overHttp(second.url), second.token),
    socketIo: await outcomesOf(overSocketIo(second.url), second.token),
  };
  await fastify.close();
  console.log(JSON.stringify({ ...outcomes, ...others }));
}

async function signedIn(app: INestApplication, userId: string) {
  await app.listen(0, '127.0.0.1');
  const url = await app.getUrl();
  const code = await post(`${process.env['WALLET_CONTROL_URL']}/codes`, { userId });
  const login = await post(`${url}/login`, await code.json());
  return { url, token: ((await login.json()) as { readonly token: string }).token };
}

const outcomesOf = async (ask: Ask, token: string) => ({
  accepted: await ask('me', token),
  refused: await ask('me'),
  ended: await ask('me', `${token}x`),
  public: await ask('open'),
  optional: [await ask('maybe'), await ask('maybe', token), await ask('maybe', `${token}x`)],
});

const post = (url: string, body: unknown, headers = {}): Promise<Response> =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });

const bearer = (token?: string): Record<string, string> =>
  token === undefined ? {} : { authorization: `Bearer ${token}` };
const inMessage = (token?: string) => ({ headers: bearer(token) });

/** The code or the user that an answer of any transport holds. */
function said(answer: unknown): unknown {
  const { user, code } = answer as { readonly user?: string; readonly code?: string };
  return user ?? code ?? answer;
}

const overHttp =
  (url: string): Ask =>
  async (route, token) =>
    said(await (await fetch(`${url}/routes/${route}`, { headers: bearer(token) })).json());

const overGraphql =
  (url: string): Ask =>
  async (route, token) => {
    const answer = await post(`${url}/graphql`, { query: `{ ${route} }` }, bearer(token));
    const { data, errors } = (await answer.json()) as {
      readonly data?: Readonly<Record<string, unknown>>;
      readonly errors?: readonly { readonly extensions: object }[];
    };
    return errors === undefined ? data?.[route] : said(errors[0]?.extensions);
  };

/** A message over a socket that brings its bearer in the message. */
const overWs =
  (url: string): Ask =>
  (route, token) => {
    const socket = new WebSocket(url.replace('http', 'ws'));
    return new Promise<unknown>((resolve, reject) => {
      socket.once('open', () => socket.send(JSON.stringify({ event: route, data: inMessage(token) })));
      socket.once('message', (text) => resolve(said((JSON.parse(String(text)) as { readonly data: unknown }).data)));
      socket.once('error', reject);
    }).finally(() => socket.close());
  };

/** A socket that brings its bearer in the handshake: what counts for nobody is refused when it connects. */
const overSocketIo =
  (url: string): Ask =>
  (route, token) => {
    const auth = token === undefined ? {} : { token };
    const socket = io(url, { auth, transports: ['websocket'], forceNew: true, reconnection: false });
    return new Promise<unknown>((resolve, reject) => {
      socket.once('connect', () => socket.emit(route, {}));
      socket.once('answer', (answer) => resolve(said(answer)));
      socket.once('exception', (answer) => resolve(said(answer)));
      socket.once('connect_error', reject);
    }).finally(() => socket.close());
  };

void main();
