import type ts from 'typescript';

/** The call of the decorator with this name, as in `@Module({ … })`. */
export function decoratorOf(api: typeof ts, node: ts.Node, name: string): ts.CallExpression | undefined {
  if (!api.canHaveDecorators(node)) return undefined;
  return api
    .getDecorators(node)
    ?.map(({ expression }) => expression)
    .filter((expression) => api.isCallExpression(expression))
    .find(({ expression }) => expression.getText() === name);
}
