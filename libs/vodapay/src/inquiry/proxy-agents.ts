import type { Agent } from 'node:http';
import type { AgentOptions } from 'node:https';
import type { AxiosProxyConfig } from 'axios';
import { ProxyAddresses } from './proxy-addresses.js';
import { TunnelAgent } from './tunnel-agent.js';

/** Node's agents that reach an https wallet through an egress proxy (CONNECT). */
export class ProxyAgents {
  private readonly byProxy = new Map<string, Agent>();
  private readonly addresses = new ProxyAddresses();

  constructor(private readonly bounds: AgentOptions) {}

  /** Those that were needed so far. */
  get agents(): readonly Agent[] {
    return [...this.byProxy.values()];
  }

  /** The agent for this address; undefined where none stands between. */
  agentFor(url: URL, given: AxiosProxyConfig | false | undefined): Agent | undefined {
    const proxy = this.addresses.addressFor(url, given);
    return proxy === '' ? undefined : this.through(proxy);
  }

  private through(proxy: string): Agent {
    const known = this.byProxy.get(proxy);
    if (known !== undefined) return known;
    const agent = new TunnelAgent(proxy, this.bounds);
    // Its constructor keeps them for the way to the proxy only; TLS with the wallet and idle sockets need them too.
    Object.assign(agent.options, this.bounds);
    this.byProxy.set(proxy, agent);
    return agent;
  }
}
