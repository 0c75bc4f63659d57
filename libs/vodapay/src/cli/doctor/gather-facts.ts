import { parsePrivateKey } from '../../protocol/parse-private-key.js';
import { VODAPAY_HOSTS } from '../../vodapay.options.js';
import { readKeyVariable } from '../read-key-variable.js';
import type { Variables } from '../read-variables.js';
import type { Facts, NetworkFacts } from './facts.js';
import { inspectDatabase } from './inspect-database.js';
import { inspectNetwork, type NetworkSettings } from './inspect-network.js';
import { probeWallet } from './probe-wallet.js';

export interface GatherSettings extends NetworkSettings {
  readonly variables: Variables;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly offline: boolean;
}

/** Reads files, asks the network, the wallet and the database. What can't be asked is left out. */
export async function gatherFacts(settings: GatherSettings): Promise<Facts> {
  const { variables, now, offline } = settings;
  const privateKey = await readKeyVariable(variables, 'VODAPAY_PRIVATE_KEY');
  const publicKey = await readKeyVariable(variables, 'VODAPAY_PUBLIC_KEY');
  const known = { now: now(), variables, privateKey, publicKey };
  if (offline) return known;
  const origin = originOf(variables);
  const network = origin && (await inspectNetwork(origin, variables, settings));
  const sender = senderOf(variables, privateKey.text);
  const probe =
    origin !== undefined && network?.failure === undefined && sender !== undefined
      ? await probeWallet({ ...sender, ...settings, ...proxyOf(network, variables), baseUrl: origin.origin })
      : undefined;
  const databaseUrl = variables['DATABASE_URL'];
  const database = databaseUrl === undefined ? undefined : await inspectDatabase(databaseUrl, settings.timeoutMs);
  return { ...known, ...(network && { network }), ...(probe && { probe }), ...(database && { database }) };
}

function proxyOf(network: NetworkFacts | undefined, variables: Variables): { readonly proxyUrl?: string } {
  const proxyUrl = variables[network?.proxyVariable ?? ''];
  return proxyUrl === undefined ? {} : { proxyUrl };
}

/** `undefined` where the settings name no host that may be called. */
function originOf({ VODAPAY_BASE_URL: baseUrl, VODAPAY_ENVIRONMENT: environment }: Variables): URL | undefined {
  if (baseUrl === undefined) {
    const known = Object.entries(VODAPAY_HOSTS).find(([name]) => name === environment)?.[1];
    return known === undefined ? undefined : new URL(known);
  }
  const url = URL.canParse(baseUrl) && environment === undefined ? new URL(baseUrl) : undefined;
  const isLoopback = /^(localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\])$/.test(url?.hostname ?? '');
  return url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback) ? url : undefined;
}

function senderOf(
  { VODAPAY_CLIENT_ID: clientId, VODAPAY_KEY_VERSION: version = '1' }: Variables,
  privateKey: string | undefined,
): { readonly clientId: string; readonly privateKey: string; readonly keyVersion: number } | undefined {
  if (clientId === undefined || privateKey === undefined || !/^[1-9]\d{0,8}$/.test(version)) return undefined;
  try {
    parsePrivateKey(privateKey, 'VODAPAY_PRIVATE_KEY');
    return { clientId, privateKey, keyVersion: Number(version) };
  } catch {
    return undefined; // check-keys.ts says what is wrong with it
  }
}
