import type ts from 'typescript';
import type { SourceEdit } from './edit-source.js';

type TypeScript = typeof ts;

/** Adds `import { name, … } from 'from'` below the last import, without the names that are imported already. */
export function addImport(
  api: TypeScript,
  file: ts.SourceFile,
  names: readonly string[],
  from: string,
): readonly SourceEdit[] {
  const imports = file.statements.filter((statement) => api.isImportDeclaration(statement));
  const known = new Set(imports.flatMap((statement) => namesOf(api, statement)));
  const wanted = names.filter((name) => !known.has(name));
  if (wanted.length === 0) return [];
  const line = `import { ${wanted.join(', ')} } from '${from}';`;
  const last = imports.at(-1);
  return last === undefined
    ? [{ start: 0, length: 0, text: `${line}\n` }]
    : [{ start: last.getEnd(), length: 0, text: `\n${line}` }];
}

function namesOf(api: TypeScript, { importClause }: ts.ImportDeclaration): readonly string[] {
  const bindings = importClause?.namedBindings;
  return bindings !== undefined && api.isNamedImports(bindings) ? bindings.elements.map(({ name }) => name.text) : [];
}
