/** One header of AxiosHeaders, Headers, a Map or a plain object, whatever the case of its name. */
export function readHeader(headers: unknown, name: string): string | undefined {
  if (typeof headers !== 'object' || headers === null) return undefined;
  const value: unknown = hasGet(headers) ? headers.get(name) : ownValue(headers, name);
  if (typeof value === 'string') return value;
  // Joined as Node joins them: a header sent twice must not look like one sent once.
  if (Array.isArray(value)) return value.join(', ');
  return typeof value === 'number' ? String(value) : undefined;
}

interface HasGet {
  get(name: string): unknown;
}

function hasGet(headers: object): headers is HasGet {
  return 'get' in headers && typeof headers.get === 'function';
}

function ownValue(headers: object, name: string): unknown {
  // As Node and axios write them; only a mock may write them otherwise.
  if (Object.hasOwn(headers, name)) return Reflect.get(headers, name);
  // By length first: most answers lack some header that is asked for.
  const key = Object.keys(headers).find((known) => known.length === name.length && known.toLowerCase() === name);
  return key === undefined ? undefined : Reflect.get(headers, key);
}
