/** An address in the parts that the transports take. */
export interface WalletAddress {
  readonly url: URL;
  readonly isSecure: boolean;
  readonly origin: string;
  /** With its query. */
  readonly path: string;
}

const MAX_ADDRESSES = 16;

/** The wallet has two addresses: they needn't be parsed again with each request. */
export class WalletAddresses {
  private readonly known = new Map<string, WalletAddress>();

  addressOf(url: string, base: string | undefined): WalletAddress {
    if (base !== undefined) return parse(new URL(url, base));
    const remembered = this.known.get(url);
    if (remembered !== undefined) return remembered;
    const parsed = parse(new URL(url));
    if (this.known.size < MAX_ADDRESSES) this.known.set(url, parsed);
    return parsed;
  }
}

function parse(url: URL): WalletAddress {
  const { origin, protocol, pathname, search } = url;
  return { url, isSecure: protocol === 'https:', origin, path: `${pathname}${search}` };
}
