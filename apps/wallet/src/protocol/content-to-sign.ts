export interface SignedParts {
  readonly path: string;
  readonly clientId: string;
  /** Request-Time or Response-Time, exactly as in the header. */
  readonly time: string;
  /** The bytes that travel. */
  readonly body: Buffer;
}

/** The bytes that a signature covers, in either direction. */
export function contentToSign({ path, clientId, time, body }: SignedParts): Buffer {
  return Buffer.concat([Buffer.from(`POST ${path}\n${clientId}.${time}.`, 'utf8'), body]);
}
