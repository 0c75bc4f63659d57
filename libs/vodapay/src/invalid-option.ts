/** A configuration mistake: stops start-up and names the option. */
export function invalidOption(option: string, reason: string): TypeError {
  return new TypeError(`VodaPayModule: option ${option} ${reason}.`);
}
