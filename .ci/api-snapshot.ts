import { posix } from 'node:path';
import ts from 'typescript';

/**
 * The public API of an entry point as a Markdown text: every name it exports with its declaration, in alphabetical order,
 * without comments and private members. What a reviewer reads to see what a change does to users.
 *
 * @param declarations the emitted declarations by path, with `.js` for their ending.
 * @param entry the entry point's path among them.
 */
export function apiSnapshot(title: string, entry: string, declarations: ReadonlyMap<string, string>): string {
  const names = exportsOf(parse(entry, declarations), entry);
  const publicNames = new Set(names.keys());
  const sections = [...names]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(
      ([name, path]) =>
        `## ${name}\n\n\`\`\`ts\n${declarationsOf(name, parse(path, declarations), publicNames)}\n\`\`\`\n`,
    );
  return [`# ${title}\n`, NOTICE, ...sections].join('\n');
}

const NOTICE =
  '<!-- Made from the emitted declarations by `npm run docs`. A test holds it: a difference is a change of the public API. -->\n';

function parse(path: string, declarations: ReadonlyMap<string, string>): ts.SourceFile {
  const text = declarations.get(path);
  if (text === undefined) throw new Error(`No declaration was emitted for ${path}`);
  return ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
}

/** Name → path of the file that declares it. An entry point only passes names on. */
function exportsOf(entry: ts.SourceFile, path: string): ReadonlyMap<string, string> {
  return new Map(
    entry.statements.filter(ts.isExportDeclaration).flatMap(({ exportClause, moduleSpecifier }) => {
      if (exportClause === undefined || !ts.isNamedExports(exportClause) || moduleSpecifier === undefined) return [];
      const from = posix.join(posix.dirname(path), (moduleSpecifier as ts.StringLiteral).text);
      return exportClause.elements.map(({ name }) => [name.text, from] as const);
    }),
  );
}

function declarationsOf(name: string, file: ts.SourceFile, publicNames: ReadonlySet<string>): string {
  const found = file.statements.filter((statement) => namesOf(statement).includes(name));
  if (found.length === 0) throw new Error(`${file.fileName} exports ${name}, but does not declare it`);
  const printer = ts.createPrinter({ removeComments: true });
  return found
    .map((statement) => printer.printNode(ts.EmitHint.Unspecified, withoutPrivates(statement, publicNames), file))
    .join('\n')
    .replaceAll(/^export (?:declare )?/gm, '');
}

function namesOf(statement: ts.Statement): readonly string[] {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.map(({ name }) => name.getText());
  }
  const { name } = statement as ts.DeclarationStatement;
  return name === undefined ? [] : [name.getText()];
}

/** A class without what no user can reach: private members, and a constructor that only the container can call. */
function withoutPrivates(statement: ts.Statement, publicNames: ReadonlySet<string>): ts.Statement {
  if (!ts.isClassDeclaration(statement)) return statement;
  const members = statement.members.filter((member) => isReachable(member, publicNames));
  const { modifiers, name, typeParameters, heritageClauses } = statement;
  return ts.factory.updateClassDeclaration(statement, modifiers, name, typeParameters, heritageClauses, members);
}

function isReachable(member: ts.ClassElement, publicNames: ReadonlySet<string>): boolean {
  if (member.name !== undefined && ts.isPrivateIdentifier(member.name)) return false;
  if (ts.canHaveModifiers(member) && member.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.PrivateKeyword)) {
    return false;
  }
  return (
    !ts.isConstructorDeclaration(member) || member.parameters.every((parameter) => isPublicType(parameter, publicNames))
  );
}

function isPublicType({ type }: ts.ParameterDeclaration, publicNames: ReadonlySet<string>): boolean {
  return type === undefined || !ts.isTypeReferenceNode(type) || publicNames.has(type.typeName.getText());
}
