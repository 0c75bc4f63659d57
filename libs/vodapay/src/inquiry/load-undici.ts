/** The package undici, as far as a transport is made of it. */
export type Undici = Pick<
  typeof import('undici'),
  'Pool' | 'ProxyAgent' | 'MockAgent' | 'buildConnector' | 'getGlobalDispatcher'
>;

/** Throws a TypeError where the package is missing: only who asks for this transport needs it. */
export async function loadUndici(): Promise<Undici> {
  try {
    return await import('undici');
  } catch (cause) {
    throw new TypeError(
      'VodaPayModule: option http.transport "undici" needs the package undici: npm install undici@7',
      {
        cause,
      },
    );
  }
}
