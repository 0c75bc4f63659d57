import ts from 'typescript';

/** The options of the module as a Markdown table: name and doc comment, in the order of the source. */
export function optionsTable(source: string): string {
  const file = ts.createSourceFile('vodapay.options.ts', source, ts.ScriptTarget.Latest, true);
  const options = file.statements.find(
    (statement): statement is ts.InterfaceDeclaration =>
      ts.isInterfaceDeclaration(statement) && statement.name.text === 'VodaPayModuleOptions',
  );
  if (options === undefined) throw new Error('vodapay.options.ts no longer holds the interface VodaPayModuleOptions');
  const rows = options.members.flatMap((member) => rowsOf(member, ''));
  return ['| option | meaning |', '|---|---|', ...rows].join('\n');
}

/**
 * One row a documented option; an option that is an object gives its own members, by their path. What only a group that may
 * be left out requires isn't required.
 */
function rowsOf(member: ts.TypeElement, path: string, isInOptionalGroup = false): readonly string[] {
  if (!ts.isPropertySignature(member) || !ts.isIdentifier(member.name)) return [];
  const name = `${path}${member.name.text}`;
  if (member.type !== undefined && ts.isTypeLiteralNode(member.type)) {
    const isOptional = isInOptionalGroup || member.questionToken !== undefined;
    return member.type.members.flatMap((inner) => rowsOf(inner, `${name}.`, isOptional));
  }
  const mark = member.questionToken === undefined && !isInOptionalGroup ? ' (required)' : '';
  return [`| \`${name}\`${mark} | ${docCommentOf(member)} |`];
}

function docCommentOf(member: ts.TypeElement): string {
  const comments = ts.getJSDocCommentsAndTags(member).filter(ts.isJSDoc);
  const text = ts.getTextOfJSDocComment(comments.at(-1)?.comment) ?? '';
  return text.replaceAll(/\s*\n\s*/g, ' ').replaceAll('|', '\\|');
}
