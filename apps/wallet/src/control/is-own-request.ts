const LOOPBACK_NAMES = ['127.0.0.1', 'localhost', '[::1]'] as const;

export interface RequestSource {
  readonly host: string | undefined;
  readonly origin: string | undefined;
}

/**
 * Whether a request to the control port comes from this machine's own tools or from the wallet's own page. The Host check
 * keeps out a site whose name was rebound to 127.0.0.1, the Origin check any other page in the developer's browser.
 */
export function isOwnRequest({ host, origin }: RequestSource, port: number): boolean {
  const hosts = LOOPBACK_NAMES.map((name) => `${name}:${port}`);
  if (host === undefined || !hosts.includes(host.toLowerCase())) return false;
  return origin === undefined || origin.toLowerCase() === `http://${host.toLowerCase()}`;
}
