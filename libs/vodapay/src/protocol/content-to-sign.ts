/** The parts of the signed text. Named, so that no two of them can be swapped. */
export interface SignedParts {
  /** The operation's path, of the request in both directions. */
  readonly path: string;
  readonly clientId: string;
  /** `Request-Time` or `Response-Time`, as it stands in the header. */
  readonly time: string;
  /** The body as it travels. */
  readonly body: string;
}

/** The text that a request's signature covers: `POST <path>\n<Client-Id>.<Request-Time>.<body>`, to be taken as UTF-8. */
export function contentToSign(parts: SignedParts): string {
  return `${signedHead(parts)}${parts.body}`;
}

/**
 * The bytes that an answer's signature covers. The body stays bytes: decoding it first would map different invalid
 * bytes to the same text.
 */
export function bytesToVerify(parts: Omit<SignedParts, 'body'> & { readonly body: Uint8Array }): Buffer {
  return Buffer.concat([Buffer.from(signedHead(parts), 'utf8'), parts.body]);
}

function signedHead({ path, clientId, time }: Omit<SignedParts, 'body'>): string {
  return `POST ${path}\n${clientId}.${time}.`;
}
