import type { AxiosProxyConfig } from 'axios';
import { getProxyForUrl } from 'proxy-from-env';

/**
 * The egress proxy that stands before a wallet: axios' `proxy` where it is given (`false`: none), else what HTTPS_PROXY,
 * ALL_PROXY and NO_PROXY say. The environment is read once for each wallet; a plain http wallet is on this machine and
 * needs no proxy.
 */
export class ProxyAddresses {
  private readonly byOrigin = new Map<string, string>();

  /** The proxy's address, with its name and password; '' where none stands between. */
  addressFor(url: URL, given: AxiosProxyConfig | false | undefined): string {
    if (url.protocol !== 'https:' || given === false) return '';
    return given === undefined ? this.ofEnvironment(url) : addressOf(given);
  }

  private ofEnvironment({ origin, href }: URL): string {
    const known = this.byOrigin.get(origin);
    if (known !== undefined) return known;
    const proxy = getProxyForUrl(href);
    this.byOrigin.set(origin, proxy);
    return proxy;
  }
}

function addressOf({ protocol = 'http', host, port, auth }: AxiosProxyConfig): string {
  const url = new URL(`${protocol.replace(/:$/, '')}://${host}:${port}`);
  if (auth !== undefined) {
    url.username = auth.username;
    url.password = auth.password;
  }
  return url.href;
}
