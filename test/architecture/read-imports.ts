import ts from 'typescript';

export interface FoundImport {
  /** As written: `./errors.js`, `node:crypto`, `@nestjs/common`. */
  readonly specifier: string;
  /** Erased by the compiler: `import type`, or an import of types only. */
  readonly typeOnly: boolean;
  /** `export * from`. */
  readonly exportsEverything: boolean;
  /** From 1. */
  readonly line: number;
}

/** Every import of a source text: static, dynamic, re-export, `require`, `import x = require()`, `import('x').Type`. */
export function readImports(fileName: string, source: string): readonly FoundImport[] {
  const file = ts.createSourceFile(fileName, source, ts.ScriptTarget.Latest, true);
  const found: FoundImport[] = [];
  const visit = (node: ts.Node): void => {
    const reference = importOf(node);
    if (reference !== undefined) {
      found.push({
        ...reference,
        line: file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1,
      });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function importOf(node: ts.Node): Omit<FoundImport, 'line'> | undefined {
  if (ts.isImportDeclaration(node)) {
    return reference(node.moduleSpecifier, isTypeOnlyImport(node.importClause));
  }
  if (ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined) {
    const everything = node.exportClause === undefined || ts.isNamespaceExport(node.exportClause);
    return reference(node.moduleSpecifier, node.isTypeOnly || allTypeOnly(node.exportClause), everything);
  }
  if (ts.isImportEqualsDeclaration(node) && ts.isExternalModuleReference(node.moduleReference)) {
    return reference(node.moduleReference.expression, node.isTypeOnly);
  }
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
    return reference(node.argument.literal, true);
  }
  return ts.isCallExpression(node) && isImportCall(node) ? callReference(node) : undefined;
}

function isImportCall(node: ts.CallExpression): boolean {
  return (
    node.expression.kind === ts.SyntaxKind.ImportKeyword ||
    (ts.isIdentifier(node.expression) && node.expression.text === 'require')
  );
}

/** A computed specifier can't be judged, so it counts as an import of something unknown, which no rule allows. */
function callReference(node: ts.CallExpression): Omit<FoundImport, 'line'> {
  return reference(node.arguments[0], false) ?? { specifier: '(computed)', typeOnly: false, exportsEverything: false };
}

function reference(
  specifier: ts.Node | undefined,
  typeOnly: boolean,
  exportsEverything = false,
): Omit<FoundImport, 'line'> | undefined {
  return specifier !== undefined && ts.isStringLiteralLike(specifier)
    ? { specifier: specifier.text, typeOnly, exportsEverything }
    : undefined;
}

function isTypeOnlyImport(clause: ts.ImportClause | undefined): boolean {
  if (clause === undefined) return false;
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const bindings = clause.namedBindings;
  return clause.name === undefined && bindings !== undefined && ts.isNamedImports(bindings) && allTypeOnly(bindings);
}

function allTypeOnly(clause: ts.NamedImports | ts.NamedExportBindings | undefined): boolean {
  if (clause === undefined || !(ts.isNamedImports(clause) || ts.isNamedExports(clause))) return false;
  return clause.elements.length > 0 && clause.elements.every((element) => element.isTypeOnly);
}
