/** The server can't take PORT on HOST. `code`: what the socket or the name's lookup says, `EADDRINUSE`, `ENOTFOUND`… */
export class CannotListen extends Error {
  override readonly name = 'CannotListen';
  readonly code: string;

  constructor(cause: unknown) {
    const { code } = cause as NodeJS.ErrnoException;
    super(`The server cannot listen (${code ?? 'no code'}).`, { cause });
    this.code = code ?? 'no code';
  }
}
