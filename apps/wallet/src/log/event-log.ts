type Numbered<Entry> = Entry & { readonly id: number };

const MAX_ENTRIES = 500;

/** The last 500 of something that happens in the wallet, oldest first, numbered from one. */
export class EventLog<Entry extends object> {
  readonly #entries: Numbered<Entry>[] = [];
  readonly #listeners = new Set<(entry: Numbered<Entry>) => void>();
  #lastId = 0;

  add(entry: Entry): void {
    this.#lastId += 1;
    const numbered = { id: this.#lastId, ...entry };
    this.#entries.push(numbered);
    if (this.#entries.length > MAX_ENTRIES) this.#entries.shift();
    for (const listener of this.#listeners) listener(numbered);
  }

  list(): readonly Numbered<Entry>[] {
    return [...this.#entries];
  }

  /** Gives back the function that ends the listening. */
  listen(listener: (entry: Numbered<Entry>) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
}
