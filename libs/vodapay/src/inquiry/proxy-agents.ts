import type { Agent } from 'node:http';
import type { AgentOptions } from 'node:https';
import type { AxiosProxyConfig } from 'axios';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { getProxyForUrl } from 'proxy-from-env';

/**
 * The agents that reach an https wallet through an egress proxy (CONNECT): axios' `proxy` where it is given (`false`: none),
 * else what HTTPS_PROXY, ALL_PROXY and NO_PROXY say. The environment is read once for each wallet; a plain http wallet is
 * on this machine and needs no proxy.
 */
export class ProxyAgents {
  private readonly byProxy = new Map<string, Agent>();
  private readonly byOrigin = new Map<string, string>();

  constructor(private readonly bounds: AgentOptions) {}

  /** Those that were needed so far. */
  get agents(): readonly Agent[] {
    return [...this.byProxy.values()];
  }

  /** The agent for this address; undefined where none stands between. */
  agentFor(url: URL, given: AxiosProxyConfig | false | undefined): Agent | undefined {
    const proxy = given === undefined ? this.ofEnvironment(url) : given === false ? '' : addressOf(given);
    return proxy === '' ? undefined : this.through(proxy);
  }

  private ofEnvironment({ origin, href }: URL): string {
    const known = this.byOrigin.get(origin);
    if (known !== undefined) return known;
    const proxy = getProxyForUrl(href);
    this.byOrigin.set(origin, proxy);
    return proxy;
  }

  private through(proxy: string): Agent {
    const known = this.byProxy.get(proxy);
    if (known !== undefined) return known;
    const agent = new HttpsProxyAgent(proxy, this.bounds);
    // Its constructor keeps them for the way to the proxy only; TLS with the wallet and idle sockets need them too.
    Object.assign(agent.options, this.bounds);
    this.byProxy.set(proxy, agent);
    return agent;
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
