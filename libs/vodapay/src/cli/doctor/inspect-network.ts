import { lookup } from 'node:dns/promises';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls, TLSSocket } from 'node:tls';
import { withinTime } from '../../within-time.js';
import type { Variables } from '../read-variables.js';
import type { NetworkFacts } from './facts.js';

export interface NetworkSettings {
  /** For each step. */
  readonly timeoutMs: number;
  /** PEM of an authority to trust in the place of Node's own. */
  readonly ca?: string;
}

/** Name, connection and TLS of a host, one after the other, as far as they come. Nothing is sent. */
export async function inspectNetwork(url: URL, variables: Variables, settings: NetworkSettings): Promise<NetworkFacts> {
  const secure = url.protocol === 'https:';
  const hostname = url.hostname.replaceAll(/[[\]]/g, '');
  const port = url.port === '' ? (secure ? 443 : 80) : Number(url.port);
  const known = { origin: url.origin, host: `${url.hostname}:${port}`, ...proxyFor(url, variables) };
  // The library takes the way through the proxy then, and so does the probe.
  if ('proxyVariable' in known) return known;
  try {
    await withinTime(lookup(hostname), settings.timeoutMs, tooLate);
  } catch (error) {
    return { ...known, failure: { step: 'dns', code: codeOf(error) } };
  }
  return { ...known, ...(await connectTo(hostname, port, secure, settings)) };
}

async function connectTo(
  host: string,
  port: number,
  secure: boolean,
  { timeoutMs, ca }: NetworkSettings,
): Promise<Pick<NetworkFacts, 'failure' | 'certificateEnds'>> {
  const tls = { host, port, ...(isIP(host) === 0 && { servername: host }), ...(ca !== undefined && { ca }) };
  const socket = secure ? connectTls(tls) : connectTcp({ host, port });
  let step: 'connect' | 'tls' = 'connect';
  socket.once('connect', () => (step = 'tls'));
  try {
    await withinTime(ready(socket, secure ? 'secureConnect' : 'connect'), timeoutMs, tooLate);
    return socket instanceof TLSSocket ? { certificateEnds: Date.parse(socket.getPeerCertificate().valid_to) } : {};
  } catch (error) {
    return { failure: { step, code: codeOf(error) } };
  } finally {
    socket.destroy();
  }
}

function ready(socket: Socket, event: 'connect' | 'secureConnect'): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once(event, () => resolve());
    socket.on('error', reject);
    socket.once('close', () => reject(Object.assign(new Error('closed'), { code: 'ECONNRESET' })));
  });
}

const tooLate = (): Error => Object.assign(new Error('no answer in time'), { code: 'TIMEOUT' });

/** Node joins the failures of several addresses: the first one's code counts. */
function codeOf(error: unknown): string {
  const joined = error instanceof AggregateError ? (error.errors[0] as unknown) : undefined;
  const code: unknown = joined instanceof Error ? Reflect.get(joined, 'code') : Reflect.get(Object(error), 'code');
  return typeof code === 'string' ? code : 'unknown';
}

/** The variable that names a proxy for this host, as curl and others read it. */
function proxyFor({ protocol, hostname }: URL, variables: Variables): { readonly proxyVariable?: string } {
  // A plain http wallet is on this machine.
  if (protocol === 'http:') return {};
  const exceptions = (variables['NO_PROXY'] ?? variables['no_proxy'] ?? '').split(',').map((entry) => entry.trim());
  const isExcepted = exceptions.some(
    (entry) => entry === '*' || (entry !== '' && `.${hostname}`.endsWith(`.${entry.replace(/^\*?\./, '')}`)),
  );
  const names = ['HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy'];
  const found = names.find((name) => variables[name] !== undefined);
  return found === undefined || isExcepted ? {} : { proxyVariable: found };
}
