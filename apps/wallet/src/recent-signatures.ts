const REMEMBERED = 200;

interface SentSignature {
  readonly header: string;
  readonly path: string;
}

/** Signatures that were accepted lately and where they were sent, to tell a merchant who signs once for two calls. */
export class RecentSignatures {
  readonly #sent: SentSignature[] = [];
  #next = 0;

  /** As it came: it is taken apart when a signature fails, which is seldom. */
  note(header: string, path: string): void {
    this.#sent[this.#next] = { header, path };
    this.#next = (this.#next + 1) % REMEMBERED;
  }

  pathOf(signature: Buffer): string | undefined {
    const value = signature.toString('base64');
    return this.#sent.find(({ header }) => valueOf(header) === value)?.path;
  }
}

function valueOf(header: string): string {
  return header.slice(header.indexOf('signature=') + 'signature='.length).trim();
}
