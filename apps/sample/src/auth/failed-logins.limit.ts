/** Injection token of the number of bad auth codes that an address may bring in a minute. */
export const FAILED_LOGINS_PER_MINUTE = Symbol('FAILED_LOGINS_PER_MINUTE');
