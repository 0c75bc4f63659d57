/** Injection token of the resolved options (`ResolvedVodaPayOptions`). */
export const VODAPAY_OPTIONS = Symbol('VODAPAY_OPTIONS');

/** Injection token of the clock: `() => number`, epoch milliseconds. */
export const VODAPAY_CLOCK = Symbol('VODAPAY_CLOCK');

/** Injection token of a clock that never goes back: `() => number`, milliseconds. */
export const VODAPAY_MONOTONIC_CLOCK = Symbol('VODAPAY_MONOTONIC_CLOCK');

/** Injection token of the options as the application gave them (`VodaPayModuleOptions`). */
export const VODAPAY_MODULE_OPTIONS = Symbol('VODAPAY_MODULE_OPTIONS');

/** Injection token of the axios instance behind the module's own HttpService. */
export const VODAPAY_HTTP_CLIENT = Symbol('VODAPAY_HTTP_CLIENT');

/** Injection token of where the processes of this instance meet: a `CoordinationBoard`. */
export const VODAPAY_COORDINATION = Symbol('VODAPAY_COORDINATION');

/** The instance that `forRoot` makes when it is given no name. */
export const DEFAULT_INSTANCE = 'default';

/** Injection token of the instance's name, inside its own module. */
export const VODAPAY_INSTANCE = Symbol('VODAPAY_INSTANCE');

const INSTANCE_NAME = /^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$/;

/** The name, if it may name an instance. Throws a TypeError. */
export function instanceName(name: unknown = DEFAULT_INSTANCE): string {
  if (typeof name === 'string' && INSTANCE_NAME.test(name)) return name;
  throw new TypeError('VodaPayModule: the name of an instance must be 1 to 32 characters of A-Z a-z 0-9 _ -.');
}

/**
 * Injection token of a part of a named instance. A text, so that it is the same wherever it is made.
 *
 * @param part the part's class name
 */
export function instanceToken(part: string, name: string): string {
  return `${part}:${instanceName(name)}`;
}
