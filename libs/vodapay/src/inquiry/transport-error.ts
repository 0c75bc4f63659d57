/** How far an exchange had come before any answer: no byte of the request had left, or it may have been read. */
export type ExchangePhase = 'connecting' | 'sent';

/**
 * A failure of the connection, with the node error's code and message and nothing else: unlike an AxiosError it holds
 * neither configuration nor request, whose body is a token.
 */
export class TransportError extends Error {
  override readonly name = 'TransportError';

  constructor(
    message: string,
    /** Node's error code, such as `ECONNREFUSED`. */
    readonly code: string | undefined,
    readonly phase: ExchangePhase,
  ) {
    super(message);
  }
}
