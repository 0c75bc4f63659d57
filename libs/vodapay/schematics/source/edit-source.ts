/** A replacement in a text: `length` characters at `start` become `text`. */
export interface SourceEdit {
  readonly start: number;
  readonly length: number;
  readonly text: string;
}

/** The text with all edits made; they may come in any order, and must not overlap. */
export function editSource(text: string, edits: readonly SourceEdit[]): string {
  return edits
    .toSorted((one, other) => other.start - one.start)
    .reduce((current, { start, length, text: inserted }) => {
      return current.slice(0, start) + inserted + current.slice(start + length);
    }, text);
}
