type Present<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> };

/** The same object without the fields that are `undefined`: what is not known is absent. */
export function presentOnly<T extends Readonly<Record<string, unknown>>>(fields: T): Present<T> {
  const known: Record<string, unknown> = {};
  for (const name of Object.keys(fields)) if (fields[name] !== undefined) known[name] = fields[name];
  return known as Present<T>;
}
