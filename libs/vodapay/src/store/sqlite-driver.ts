/**
 * What makes TypeORM's `better-sqlite3` work here: libsql where it is installed, which speaks the same interface and comes
 * prebuilt; otherwise TypeORM loads better-sqlite3 itself, and says so when that is missing.
 */
export async function sqliteDriver(): Promise<{ readonly driver?: unknown }> {
  try {
    return { driver: (await import('libsql')).default };
  } catch {
    return {};
  }
}
