/** A request as it came off the wire. */
export interface IncomingCall {
  readonly method: string;
  /** The request target, query included. */
  readonly target: string;
  /** Every value of every header, names in lower case. */
  readonly headers: Readonly<Record<string, readonly string[] | undefined>>;
  readonly body: Buffer;
}
