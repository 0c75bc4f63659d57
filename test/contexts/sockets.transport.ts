import { IoAdapter } from '@nestjs/platform-socket.io';
import { WsAdapter } from '@nestjs/platform-ws';
import { io } from 'socket.io-client';
import { WebSocket } from 'ws';
import { RoutesGateway } from './gateway-routes.js';
import { startGuarded } from './merchant-with-guard.js';
import { outcomeOf, type Given, type Outcome, type Route, type TransportUnderTest } from './transport.js';

type Place = 'handshake' | 'message';

interface SocketCall {
  readonly url: string;
  readonly route: Route;
  /** What the handshake carries. */
  readonly bearer: string | undefined;
  readonly data: object;
}

const ADAPTERS = {
  ws: { adapter: WsAdapter, name: 'ws', call: callOverWs },
  socketIo: { adapter: IoAdapter, name: 'socket.io', call: callOverSocketIo },
} as const;

const over = (kind: keyof typeof ADAPTERS, place: Place): TransportUnderTest => {
  const { adapter: Adapter, name, call } = ADAPTERS[kind];
  return {
    name: `${name}, with credentials in the ${place}`,
    takesAuthCodes: true,
    start: async (setUp) => {
      const merchant = await startGuarded(setUp, { providers: [RoutesGateway] }, (app) => {
        app.useWebSocketAdapter(new Adapter(app));
      });
      return {
        merchant,
        call: (route, given = {}) => call({ url: merchant.url, route, ...placed(given, place) }),
        close: () => merchant.close(),
      };
    },
  };
};

export const WS_HANDSHAKE = over('ws', 'handshake');
export const WS_MESSAGE = over('ws', 'message');
export const SOCKET_IO_HANDSHAKE = over('socketIo', 'handshake');
export const SOCKET_IO_MESSAGE = over('socketIo', 'message');

function placed({ bearer, authCode }: Given, place: Place): Pick<SocketCall, 'bearer' | 'data'> {
  const code = authCode === undefined ? {} : { authCode };
  if (place === 'handshake') return { bearer, data: code };
  const headers = bearer === undefined ? {} : { headers: { authorization: `Bearer ${bearer}` } };
  return { bearer: undefined, data: { ...code, ...headers } };
}

/** A socket for one message; where it is closed instead of answered, the close says why. */
function callOverWs({ url, route, bearer, data }: SocketCall): Promise<Outcome> {
  const headers = bearer === undefined ? {} : { authorization: `Bearer ${bearer}` };
  const socket = new WebSocket(url.replace('http', 'ws'), { headers });
  return new Promise<Outcome>((resolve, reject) => {
    socket.once('open', () => socket.send(JSON.stringify({ event: route, data })));
    socket.once('message', (text: Buffer) =>
      resolve(outcomeOf((JSON.parse(text.toString()) as { data: unknown }).data)),
    );
    socket.once('close', (status, code) => resolve({ statusCode: status - 4_000, code: code.toString() }));
    socket.once('error', reject);
  }).finally(() => socket.close());
}

function callOverSocketIo({ url, route, bearer, data }: SocketCall): Promise<Outcome> {
  const auth = bearer === undefined ? {} : { token: bearer };
  const socket = io(url, { auth, transports: ['websocket'], forceNew: true, reconnection: false });
  return new Promise<Outcome>((resolve, reject) => {
    socket.once('connect', () => socket.emit(route, data));
    socket.once('answer', (body) => resolve(outcomeOf(body)));
    socket.once('exception', (body) => resolve(outcomeOf(body)));
    socket.once('connect_error', reject);
  }).finally(() => socket.close());
}
