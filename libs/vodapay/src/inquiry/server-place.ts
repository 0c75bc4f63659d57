/** The wallet's server, as spans name it. */
export interface ServerPlace {
  readonly baseUrl: string;
  readonly address: string;
  readonly port: number;
}

/** An origin without a port has the one of its scheme. */
export function serverPlace(baseUrl: string): ServerPlace {
  const { hostname, port, protocol } = new URL(baseUrl);
  const defaultPort = protocol === 'https:' ? 443 : 80;
  return { baseUrl, address: hostname, port: port === '' ? defaultPort : Number(port) };
}
