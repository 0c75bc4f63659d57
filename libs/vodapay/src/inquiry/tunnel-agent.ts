import type { ClientRequest } from 'node:http';
import type { Socket } from 'node:net';
import { HttpsProxyAgent } from 'https-proxy-agent';

type TunnelOptions = Parameters<HttpsProxyAgent<string>['connect']>[1];

/** An https-proxy-agent that fails where the proxy refuses the tunnel, and so never passes the proxy's answer off as the wallet's. */
export class TunnelAgent extends HttpsProxyAgent<string> {
  override async connect(request: ClientRequest, options: TunnelOptions): Promise<Socket> {
    let status: unknown;
    request.once('proxyConnect', (answer: { readonly statusCode: unknown }) => (status = answer.statusCode));
    const socket = await super.connect(request, options);
    if (status === 200) return socket;
    socket.destroy();
    throw Object.assign(new Error(`The proxy answered CONNECT with ${String(status)}.`), { code: 'PROXY_REFUSED' });
  }
}
