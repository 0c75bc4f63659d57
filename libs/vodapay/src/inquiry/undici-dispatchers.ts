import { TLSSocket } from 'node:tls';
import type { Dispatcher } from 'undici';
import type { HttpAdapterSettings } from './http-adapter.js';
import type { Undici } from './load-undici.js';

export interface UndiciSettings extends Required<Pick<HttpAdapterSettings, 'maxSockets' | 'idleTimeoutMs'>> {
  readonly tls: HttpAdapterSettings['tls'];
  /** How long a connection may take to come up, in milliseconds; then its place is free again. */
  readonly connectTimeoutMs: number;
}

/** undici's pools, with the bounds and the TLS of node:https' agents: one for each wallet, one for each proxy. */
export class UndiciDispatchers {
  private readonly known = new Map<string, Dispatcher>();
  private readonly bounds: ReturnType<typeof boundsOf>;
  private readonly secure: object;
  private keeping = true;

  constructor(
    private readonly undici: Undici,
    private readonly settings: UndiciSettings,
  ) {
    this.bounds = boundsOf(settings);
    // Verification is said aloud, so that NODE_TLS_REJECT_UNAUTHORIZED, which only changes the default, has no say.
    this.secure = { ...settings.tls, rejectUnauthorized: true, allowH2: false, timeout: settings.connectTimeoutMs };
  }

  /** Whether connections are kept after an answer. */
  get keepsConnections(): boolean {
    return this.keeping;
  }

  /** `proxy`: its address; '' for none. */
  dispatcherFor(origin: string, proxy: string): Dispatcher {
    const key = proxy === '' ? origin : proxy;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const made = proxy === '' ? this.poolFor(origin) : this.through(proxy);
    this.known.set(key, made);
    return made;
  }

  /** Unused connections close at once, the others with their answer; what is asked later gets one of its own. */
  retire(): void {
    this.keeping = false;
    for (const dispatcher of this.known.values()) void dispatcher.close();
    this.known.clear();
  }

  private poolFor(origin: string): Dispatcher {
    return new this.undici.Pool(origin, { ...this.bounds, connect: this.connector() });
  }

  /** Connects, and keeps the TLS session of each host for the next connection: undici holds it by a weak reference only. */
  private connector(): ReturnType<Undici['buildConnector']> {
    const connect = this.undici.buildConnector(this.secure);
    const sessions = new Map<string, Buffer>();
    return (options, callback) => {
      const socket: unknown = connect(options, callback);
      if (socket instanceof TLSSocket) socket.on('session', (session) => sessions.set(options.hostname, session));
    };
  }

  private through(proxy: string): Dispatcher {
    const { Pool, ProxyAgent } = this.undici;
    const token = tokenOf(proxy);
    return new ProxyAgent({
      ...this.bounds,
      uri: proxy,
      ...(token !== undefined && { token }),
      requestTls: this.secure,
      proxyTls: this.secure,
      // A proxy that never answers CONNECT must not hold the place of a connection.
      clientFactory: (address, options) =>
        new Pool(address, { ...options, headersTimeout: this.settings.connectTimeoutMs }),
    });
  }
}

function boundsOf({ maxSockets, idleTimeoutMs }: UndiciSettings) {
  return {
    connections: maxSockets,
    // One request at a time on a connection: what is behind another would share its fate.
    pipelining: 1,
    keepAliveTimeout: idleTimeoutMs,
    keepAliveMaxTimeout: idleTimeoutMs,
    // What is taken off a server's own Keep-Alive hint, as Node's agent does.
    keepAliveTimeoutThreshold: 1_000,
    // The deadline of the whole operation ends what takes too long.
    headersTimeout: 0,
    bodyTimeout: 0,
  } as const;
}

/** As undici's own, but also for a name without a password. */
function tokenOf(proxy: string): string | undefined {
  const { username, password } = new URL(proxy);
  if (username === '' && password === '') return undefined;
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return `Basic ${Buffer.from(credentials).toString('base64')}`;
}
