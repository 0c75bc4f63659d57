import type { DataSource, EntityTarget, ObjectLiteral } from 'typeorm';
import { requireEntity } from './require-entity.js';

/** The entity's table with schema and prefix as this data source is configured, unescaped. Throws as `requireEntity`. */
export function tablePathOf(dataSource: DataSource, entity: EntityTarget<ObjectLiteral>): string {
  requireEntity(dataSource, entity);
  return dataSource.getMetadata(entity).tablePath;
}

/** The same, escaped for use in a statement. */
export function escapedTable(dataSource: DataSource, entity: EntityTarget<ObjectLiteral>): string {
  return tablePathOf(dataSource, entity)
    .split('.')
    .map((part) => dataSource.driver.escape(part))
    .join('.');
}

/** Rewrites the placeholders `?` as this database writes them. The text must hold no other question mark. */
export function withPlaceholders(dataSource: DataSource, sql: string): string {
  let index = 0;
  return sql.replaceAll('?', () => dataSource.driver.createParameter(`p${index}`, index++));
}

/** Rewrites the placeholders of a whole table of statements. */
export function forDialect<Name extends string>(
  dataSource: DataSource,
  statements: Readonly<Record<Name, string>>,
): Readonly<Record<Name, string>> {
  const entries = Object.entries<string>(statements);
  const written = entries.map(([name, sql]) => [name, withPlaceholders(dataSource, sql)] as const);
  return Object.freeze(Object.fromEntries(written) as Record<Name, string>);
}
