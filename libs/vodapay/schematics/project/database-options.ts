import type ts from 'typescript';
import { findNodes } from '../source/find-nodes.js';
import type { Project } from './project.js';

/** Where the application says how TypeORM reaches its database. */
export interface DatabaseOptions {
  readonly path: string;
  readonly options: ts.ObjectLiteralExpression;
}

/** Every object literal that TypeORM gets: of `TypeOrmModule.forRoot`, a factory of `forRootAsync`, `new DataSource`. */
export function findDatabaseOptions(project: Project): readonly DatabaseOptions[] {
  const { typescript: api } = project;
  return [...project.sources(), ...rootFiles(project)].flatMap((path) => {
    const file = project.parse(path);
    const calls = findNodes(api, file, (node): node is ts.CallExpression => api.isCallExpression(node))
      .filter(({ expression }) => /^TypeOrmModule\.forRoot(?:Async)?$/.test(expression.getText()))
      .flatMap(({ arguments: given }) => given);
    const sources = findNodes(api, file, (node): node is ts.NewExpression => api.isNewExpression(node))
      .filter(({ expression }) => expression.getText() === 'DataSource')
      .flatMap(({ arguments: given }) => given ?? []);
    const typed = findNodes(api, file, (node): node is ts.VariableDeclaration => api.isVariableDeclaration(node))
      .filter(({ type }) => /^(?:DataSourceOptions|TypeOrmModuleOptions)$/.test(type?.getText() ?? ''))
      .flatMap(({ initializer }) => (initializer === undefined ? [] : [initializer]));
    const made = findNodes(api, file, (node): node is ts.SignatureDeclaration => api.isFunctionLike(node)).filter(
      ({ type }) => /\b(?:DataSourceOptions|TypeOrmModuleOptions)\b/.test(type?.getText() ?? ''),
    );
    return [...calls, ...sources, ...typed, ...made]
      .flatMap((given) => connectionsIn(api, given))
      .map((options) => ({ path, options }));
  });
}

/** Whether TypeORM is set up at all, be it where its options can't be read. */
export function usesTypeOrm(project: Project): boolean {
  return project.sources().some((path) => /\bTypeOrmModule\s*\.\s*forRoot/.test(project.read(path)));
}

/** Files beside `src` where the TypeORM CLI looks for a DataSource. */
function rootFiles(project: Project): readonly string[] {
  return ['ormconfig.ts', 'data-source.ts', 'typeorm.config.ts', 'datasource.ts'].filter((path) =>
    project.exists(path),
  );
}

/** Object literals with a `type`: a connection, however deep in a factory. */
function connectionsIn(api: typeof ts, given: ts.Node): readonly ts.ObjectLiteralExpression[] {
  return findNodes(api, given, (node): node is ts.ObjectLiteralExpression =>
    api.isObjectLiteralExpression(node),
  ).filter(({ properties }) => properties.some((property) => property.name?.getText() === 'type'));
}
