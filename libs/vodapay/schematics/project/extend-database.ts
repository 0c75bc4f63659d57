import { posix } from 'node:path';
import { addImport } from '../source/add-import.js';
import { addToArray } from '../source/add-to-array.js';
import { editSource, type SourceEdit } from '../source/edit-source.js';
import type { DatabasePart } from './add-account-directory.js';
import { findDatabaseOptions } from './database-options.js';
import type { Project } from './project.js';

const LIBRARY = {
  entities: { name: 'VODAPAY_ENTITIES', from: 'nestjs-vodapay' },
  migrations: { name: 'VODAPAY_MIGRATIONS', from: 'nestjs-vodapay' },
} as const;

/**
 * Adds entities and migrations to every set of TypeORM options that it finds.
 *
 * @returns what it could not extend, in words for the user.
 */
export function extendDatabase(project: Project, parts: readonly DatabasePart[], ending: string): readonly string[] {
  const notes: string[] = [];
  if (findDatabaseOptions(project).length === 0) {
    const names = [...parts.map(({ name }) => name), 'VODAPAY_ENTITIES', 'VODAPAY_MIGRATIONS'];
    notes.push(`TypeORM's options were not found: add ${names.join(', ')} to them.`);
  }
  // One at a time: an edit moves what stands behind it.
  for (let at = 0; at < findDatabaseOptions(project).length; at += 1) {
    for (const property of ['entities', 'migrations'] as const) {
      const note = extendProperty(project, at, property, parts, ending);
      if (note !== undefined) notes.push(note);
    }
  }
  return notes;
}

function extendProperty(
  project: Project,
  at: number,
  property: DatabasePart['property'],
  parts: readonly DatabasePart[],
  ending: string,
): string | undefined {
  const found = findDatabaseOptions(project)[at];
  if (found === undefined) return undefined;
  const { typescript: api } = project;
  const own = parts.filter((part) => part.property === property);
  const elements = [...own.map(({ name }) => name), `...${LIBRARY[property].name}`];
  const added = addToArray(api, found.options, property, elements);
  if (added === undefined)
    return `${found.path}: add ${elements.join(', ')} to ${property}, which is no array in place.`;
  if (added.length === 0) return undefined;
  const imports: readonly SourceEdit[] = [
    ...addImport(api, found.options.getSourceFile(), [LIBRARY[property].name], LIBRARY[property].from),
    ...own.flatMap(({ name, path }) => {
      const from = posix.relative(posix.dirname(found.path), path);
      const specifier = `${from.startsWith('.') ? from : `./${from}`}${ending}`;
      return addImport(api, found.options.getSourceFile(), [name], specifier);
    }),
  ];
  project.write(found.path, editSource(project.read(found.path), [...imports, ...added]));
  return undefined;
}
