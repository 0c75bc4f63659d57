import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

/** R1 to R24 and I1 to I7. */
const RULES = [...numbered('R', 24), ...numbered('I', 7)];

describe('the table of rules and their tests in docs/linking.md', () => {
  const rows = readTable();

  it('has each rule and each invariant once', () => {
    expect(rows.map(({ rule }) => rule)).toEqual(RULES);
  });

  it.each(rows)('names files with a test for $rule in a title', ({ rule, files }) => {
    expect(files).not.toEqual([]);
    expect(files.filter((file) => !titlesIn(file).some((title) => names(title, rule)))).toEqual([]);
  });
});

function numbered(letter: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `${letter}${index + 1}`);
}

interface Row {
  readonly rule: string;
  readonly files: readonly string[];
}

function readTable(): readonly Row[] {
  const section = read('docs/linking.md').split('## The rules and their tests')[1] ?? '';
  const rows = section.split('\n').filter((line) => /^\| [RI]\d+ /.test(line));
  return rows.map((line) => {
    const [, rule = '', , tests = ''] = line.split('|').map((cell) => cell.trim());
    return { rule, files: [...tests.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? '') };
  });
}

/** `R1` stands in `R1 R12 finds…`, and does not stand in `R12 finds…`. */
function names(title: string, rule: string): boolean {
  return new RegExp(`\\b${rule}\\b`).test(title);
}

/** The titles that a file gives to `it`, `test` and `describe`, with the fixed parts of a template. */
function titlesIn(file: string): readonly string[] {
  const source = ts.createSourceFile(file, read(file), ts.ScriptTarget.Latest, true);
  const titles: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && /^(it|test|describe)\b/.test(node.expression.getText(source))) {
      const [title] = node.arguments;
      if (title !== undefined && (ts.isStringLiteralLike(title) || ts.isTemplateExpression(title))) {
        titles.push(title.getText(source));
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return titles;
}
