import type { DataSource, EntityTarget, ObjectLiteral } from 'typeorm';

/** Throws a TypeError with the remedy when this initialised data source doesn't know the library's entity. */
export function requireEntity(dataSource: DataSource, entity: EntityTarget<ObjectLiteral>): void {
  if (dataSource.hasMetadata(entity)) return;
  throw new TypeError(
    "VodaPayModule: the DataSource does not know the library's tables: add VODAPAY_ENTITIES to this DataSource's entities.",
  );
}
