/** The testing kit lets anybody in: it refuses to work where NODE_ENV says production. */
export function mustBeATest(what: string, environment: NodeJS.ProcessEnv = process.env): void {
  if (environment['NODE_ENV'] !== 'production') return;
  throw new TypeError(
    `${what} of nestjs-vodapay/testing signs anybody in, and NODE_ENV is production. ` +
      'Import it from tests only, or set NODE_ENV=test.',
  );
}
