/** Lets parallel calls for one key share one piece of work; the key is free again when the work ends. */
export class SingleFlight<T> {
  private readonly flights = new Map<string, Promise<T>>();

  /** `leads`: whether this call began the work. */
  run(key: string, work: () => Promise<T>): { readonly result: Promise<T>; readonly leads: boolean } {
    const running = this.flights.get(key);
    if (running !== undefined) return { result: running, leads: false };
    const result = work().finally(() => this.flights.delete(key));
    this.flights.set(key, result);
    return { result, leads: true };
  }
}
