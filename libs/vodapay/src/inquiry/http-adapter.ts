import http, { type ClientRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import { CanceledError, type AxiosAdapter, type InternalAxiosRequestConfig, type RawAxiosResponseHeaders } from 'axios';
import type { ResolvedVodaPayOptions } from '../vodapay.options.js';
import { connectionBounds } from './connection-bounds.js';
import { onCancelled } from './on-cancelled.js';
import { outgoingHeaders } from './outgoing-headers.js';
import { ProxyAgents } from './proxy-agents.js';
import { readBody } from './read-body.js';
import { retireAgent } from './retire-agent.js';
import { settleAnswer } from './settle-answer.js';
import { switchesVerificationOff } from './switches-verification-off.js';
import { TransportError, type ExchangePhase } from './transport-error.js';
import { WalletAddresses } from './wallet-addresses.js';

export interface HttpAdapterSettings {
  /** Largest answer in bytes, as it travels and unpacked. */
  readonly maxResponseBytes: number;
  /** Connections of the adapter's own agents; further requests wait for one. Default: that of `maxConnections`. */
  readonly maxSockets?: number;
  /** Whom to trust and as whom to come, besides what Node trusts by itself. */
  readonly tls?: ResolvedVodaPayOptions['tls'] | undefined;
  /** How long an unused connection is kept, in milliseconds. Default 4 000: servers close theirs after 5 s or later. */
  readonly idleTimeoutMs?: number;
}

/** An adapter whose connections may be let go. */
export type RetirableAdapter = AxiosAdapter & {
  /** Unused connections close at once, the others with their answer. What is asked later is answered all the same. */
  retire(): void;
};

/**
 * An axios adapter for one wallet: keep-alive connections, bytes as they came, no redirects, a size cap, TLS always
 * verified. An `httpAgent` or `httpsAgent` of the axios configuration takes the place of its own: that is the way of a
 * private CA or a client certificate. Without one, an egress proxy is taken from axios' `proxy` or from HTTPS_PROXY.
 *
 * It rejects with a TransportError, a VodaPayError for an answer that is cut or too large, or axios' CanceledError.
 */
export function createHttpAdapter(settings: HttpAdapterSettings): RetirableAdapter {
  const agents = ownAgents(settings);
  const addresses = new WalletAddresses();
  const adapter: AxiosAdapter = async (config) => {
    const { url, isSecure } = addresses.addressOf(config.url ?? '', config.baseURL);
    const options: RequestOptions & https.RequestOptions = {
      method: config.method?.toUpperCase() ?? 'GET',
      headers: outgoingHeaders(config),
      agent: isSecure
        ? agentOf(config.httpsAgent, () => agents.proxied.agentFor(url, config.proxy) ?? agents.https)
        : agentOf(config.httpAgent, () => agents.http),
      // Said aloud, so that NODE_TLS_REJECT_UNAUTHORIZED, which only changes the default, has no say.
      rejectUnauthorized: true,
    };
    const { message, body } = await exchange(url, options, config, settings.maxResponseBytes);
    return settleAnswer({
      data: body,
      status: message.statusCode ?? 0,
      statusText: message.statusMessage ?? '',
      // Node lower-cases the names and joins repeated headers, so that a second Signature can't hide behind the first.
      headers: message.headers as RawAxiosResponseHeaders,
      config,
    });
  };
  const { http: plain, https: secure, proxied } = agents;
  return Object.assign(adapter, { retire: () => [plain, secure, ...proxied.agents].forEach(retireAgent) });
}

function ownAgents(settings: HttpAdapterSettings): {
  readonly http: http.Agent;
  readonly https: https.Agent;
  readonly proxied: ProxyAgents;
} {
  const { maxSockets, idleTimeoutMs } = connectionBounds(settings);
  const bounds = {
    keepAlive: true,
    maxSockets,
    maxFreeSockets: maxSockets,
    // The connection used last is the one least likely to be closed by the other side.
    scheduling: 'lifo',
    timeout: idleTimeoutMs,
  } as const;
  const verified = { ...bounds, ...settings.tls, rejectUnauthorized: true };
  return { http: new http.Agent(bounds), https: new https.Agent(verified), proxied: new ProxyAgents(verified) };
}

function agentOf<A extends http.Agent>(given: unknown, own: () => A): A {
  if (given === undefined || given === null) return own();
  if (switchesVerificationOff(given)) {
    throw new TransportError(
      'The given httpsAgent has rejectUnauthorized: false.',
      'TLS_VERIFICATION_OFF',
      'connecting',
    );
  }
  return given as A;
}

interface Exchanged {
  readonly message: IncomingMessage;
  readonly body: Buffer;
}

/** One request and its answer. The modules' `request` is looked up at the call, where network mocks put theirs. */
function exchange(
  url: URL,
  options: RequestOptions & https.RequestOptions,
  config: InternalAxiosRequestConfig,
  maxResponseBytes: number,
): Promise<Exchanged> {
  return new Promise((resolve, reject) => {
    const request = url.protocol === 'https:' ? https.request(url, options) : http.request(url, options);
    let phase: ExchangePhase = 'connecting';
    let stop = (): void => undefined;
    const fail = (error: unknown): void => {
      stop();
      reject(error);
      request.destroy();
    };
    const closed = (): void => fail(new TransportError('The connection was closed.', 'ECONNRESET', phase));
    request.once('socket', (socket) => onceConnected(socket, () => (phase = 'sent')));
    request.once('close', closed);
    request.on('error', (error: NodeJS.ErrnoException) => fail(new TransportError(error.message, error.code, phase)));
    // Once its head is there, how the answer ends its own stream tells.
    request.once('response', (message) => {
      request.off('close', closed);
      readBody(message, maxResponseBytes).then((body) => {
        stop();
        return resolve({ message, body });
      }, fail);
    });
    stop = onCancelled(config, () => fail(new CanceledError()));
    send(request, config.data);
  });
}

/** Bytes as a text of single bytes, which Node sends in one piece with the headers: the same bytes, and one write less. */
function send(request: ClientRequest, body: unknown): void {
  if (Buffer.isBuffer(body)) request.end(body.toString('latin1'), 'latin1');
  else request.end(body);
}

/** Until a new connection is up, TLS included, nothing of the request has left. A kept one is up already. */
function onceConnected(socket: Socket, connected: () => void): void {
  if ('secureConnecting' in socket && socket.secureConnecting === true) socket.once('secureConnect', connected);
  else if (socket.connecting) socket.once('connect', connected);
  else connected();
}
