const MAX_REMEMBERED = 200;

/** Signatures that were accepted lately and where they were sent, to tell a merchant who signs once for two calls. */
export class RecentSignatures {
  readonly #paths = new Map<string, string>();

  note(header: string, path: string): void {
    const value = header.slice(header.indexOf('signature=') + 'signature='.length).trim();
    this.#paths.set(value, path);
    const [oldest] = this.#paths.keys();
    if (this.#paths.size > MAX_REMEMBERED && oldest !== undefined) this.#paths.delete(oldest);
  }

  pathOf(signature: Buffer): string | undefined {
    return this.#paths.get(signature.toString('base64'));
  }
}
