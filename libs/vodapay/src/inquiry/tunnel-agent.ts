import type { ClientRequest } from 'node:http';
import type { Socket } from 'node:net';
import { HttpsProxyAgent } from 'https-proxy-agent';

type TunnelOptions = Parameters<HttpsProxyAgent<string>['connect']>[1];

/**
 * An https-proxy-agent that fails where the proxy refuses the tunnel, and so never passes the proxy's answer off as the
 * wallet's, and that lets go of a tunnel that nobody waits for any more.
 */
export class TunnelAgent extends HttpsProxyAgent<string> {
  override async connect(request: ClientRequest, options: TunnelOptions): Promise<Socket> {
    let status: unknown;
    request.once('proxyConnect', (answer: { readonly statusCode: unknown }) => (status = answer.statusCode));
    const socket = await this.connectWhileWanted(request, options);
    if (status === 200) return socket;
    socket.destroy();
    throw Object.assign(new Error(`The proxy answered CONNECT with ${String(status)}.`), { code: 'PROXY_REFUSED' });
  }

  /** A request that is destroyed before it has its socket tells nobody, and a proxy that hangs would keep its place. */
  private async connectWhileWanted(request: ClientRequest, options: TunnelOptions): Promise<Socket> {
    const attempt = new AbortController();
    const look = setInterval(() => request.destroyed && attempt.abort(), LOOK_EVERY_MS);
    // Read at once, before anything is waited for.
    this.connectOpts = { ...this.connectOpts, signal: attempt.signal };
    try {
      return await super.connect(request, options);
    } finally {
      clearInterval(look);
    }
  }
}

const LOOK_EVERY_MS = 100;
