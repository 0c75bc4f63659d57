import type { Project } from './project.js';
import { decoratorOf } from '../source/decorator-of.js';
import { findNodes } from '../source/find-nodes.js';
import type ts from 'typescript';

export interface AppModule {
  readonly path: string;
  /** The argument of its `@Module()`. */
  readonly options: ts.ObjectLiteralExpression;
}

/** The module that `main.ts` starts; `app.module.ts` where that can't be told. */
export function findAppModule(project: Project): AppModule {
  const { typescript: api } = project;
  const path = startedModule(project) ?? `${project.sourceRoot}/app.module.ts`;
  const options = findNodes(api, project.parse(path), api.isClassDeclaration)
    .map((node) => decoratorOf(api, node, 'Module')?.arguments[0])
    .find((argument) => argument !== undefined && api.isObjectLiteralExpression(argument));
  if (options === undefined || !api.isObjectLiteralExpression(options)) {
    throw new Error(`nestjs-vodapay: ${path} holds no class with @Module({ … }), so nothing can be added to it.`);
  }
  return { path, options };
}

function startedModule(project: Project): string | undefined {
  const main = `${project.sourceRoot}/main.ts`;
  if (!project.exists(main)) return undefined;
  const text = project.read(main);
  const [, name] = /NestFactory\.create(?:<[^>]*>)?\(\s*(\w+)/.exec(text) ?? [];
  if (name === undefined) return undefined;
  const [, from] = new RegExp(`import\\s*{[^}]*\\b${name}\\b[^}]*}\\s*from\\s*['"]\\.\\/([^'"]+)['"]`).exec(text) ?? [];
  const path = from === undefined ? undefined : `${project.sourceRoot}/${from.replace(/\.js$/, '')}.ts`;
  return path !== undefined && project.exists(path) ? path : undefined;
}
