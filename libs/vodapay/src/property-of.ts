/** An object's property, its own or inherited; undefined where there is no object. For what clients and libraries shape. */
export function propertyOf(value: unknown, name: string | symbol): unknown {
  return isObject(value) ? (value as Readonly<Record<string | symbol, unknown>>)[name] : undefined;
}

/** The same, for what a client wrote: nothing inherited counts. `null` is nothing. */
export function ownPropertyOf(value: unknown, name: string): unknown {
  return isObject(value) && Object.hasOwn(value, name) ? (propertyOf(value, name) ?? undefined) : undefined;
}

export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
