/** An answer as it came over the wire, nothing of it believed yet. A header that did not come is absent. */
export interface RawAnswer {
  /** HTTP status. */
  readonly status: number;
  /** The `Location` header of a redirect; never followed, never quoted. */
  readonly location?: string | undefined;
  /** The `Client-Id` header. */
  readonly clientId?: string | undefined;
  /** The `Response-Time` header. */
  readonly responseTime?: string | undefined;
  /** The `Signature` header. */
  readonly signature?: string | undefined;
  /** The body after content-decoding, to the byte. */
  readonly body: Buffer;
}
