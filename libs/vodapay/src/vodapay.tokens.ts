/** Injection token of the resolved options (`ResolvedVodaPayOptions`). */
export const VODAPAY_OPTIONS = Symbol('VODAPAY_OPTIONS');

/** Injection token of the clock: `() => number`, epoch milliseconds. */
export const VODAPAY_CLOCK = Symbol('VODAPAY_CLOCK');

/** Injection token of the options as the application gave them (`VodaPayModuleOptions`). */
export const VODAPAY_MODULE_OPTIONS = Symbol('VODAPAY_MODULE_OPTIONS');
