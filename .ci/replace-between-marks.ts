/**
 * The document with the text between `<!-- name -->` and `<!-- /name -->` replaced, so that a generated part stays
 * where its author put it.
 *
 * @throws Error when the document has no such marks.
 */
export function replaceBetweenMarks(document: string, name: string, text: string): string {
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [start, end] = [document.indexOf(open), document.indexOf(close)];
  if (start === -1 || end < start) throw new Error(`The document lacks the marks ${open} and ${close}`);
  return `${document.slice(0, start + open.length)}\n\n${text}\n\n${document.slice(end)}`;
}
