import type ts from 'typescript';
import type { SourceEdit } from './edit-source.js';

type TypeScript = typeof ts;

/**
 * Adds elements to an array that is a property of this object literal, and the property where there is none. What stands in
 * the array already is not added again.
 *
 * @returns `undefined` when the property holds no array literal: nobody but its author can extend it.
 */
export function addToArray(
  api: TypeScript,
  object: ts.ObjectLiteralExpression,
  name: string,
  elements: readonly string[],
): readonly SourceEdit[] | undefined {
  const property = object.properties.find((member) => member.name?.getText() === name);
  if (property === undefined) return [newProperty(object, name, elements)];
  if (!api.isPropertyAssignment(property) || !api.isArrayLiteralExpression(property.initializer)) return undefined;
  const array = property.initializer;
  const present = array.elements.map((element) => element.getText());
  const added = elements.filter((element) => !present.some((text) => text === element));
  if (added.length === 0) return [];
  const indent = indentOf(property);
  const all = [...present, ...added];
  const inline = `[${all.join(', ')}]`;
  const fits = !inline.includes('\n') && indent.length + name.length + inline.length < 76;
  const text = fits ? inline : `[\n${all.map((element) => `${indent}  ${element},\n`).join('')}${indent}]`;
  return [{ start: array.getStart(), length: array.getWidth(), text }];
}

function newProperty(object: ts.ObjectLiteralExpression, name: string, elements: readonly string[]): SourceEdit {
  const text = `${name}: [${elements.join(', ')}]`;
  const [first] = object.properties;
  return first === undefined
    ? { start: object.getStart(), length: object.getWidth(), text: `{ ${text} }` }
    : { start: first.getStart(), length: 0, text: `${text},\n${indentOf(first)}` };
}

/** The blanks before a node on its line. */
function indentOf(node: ts.Node): string {
  const text = node.getSourceFile().text.slice(0, node.getStart());
  return /[ \t]*$/.exec(text.slice(text.lastIndexOf('\n') + 1).replace(/\S.*$/, ''))?.[0] ?? '';
}
