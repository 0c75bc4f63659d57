import type ts from 'typescript';

/** Every node below this one that the test takes, in the order of the text. */
export function findNodes<N extends ts.Node>(
  api: typeof ts,
  root: ts.Node,
  test: (node: ts.Node) => node is N,
): readonly N[] {
  const found: N[] = [];
  const visit = (node: ts.Node): void => {
    if (test(node)) found.push(node);
    api.forEachChild(node, visit);
  };
  visit(root);
  return found;
}
