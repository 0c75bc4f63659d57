import libsql from 'libsql';
import { DataSource, type DataSourceOptions } from 'typeorm';

type Extra = Partial<Pick<DataSourceOptions, 'entities' | 'migrations' | 'logger' | 'logging' | 'entityPrefix'>> & {
  /** Largest number of connections. Default 10. */
  readonly poolSize?: number;
  /** How long SQLite waits for a lock. Default 5 000. */
  readonly busyTimeoutMs?: number;
};

/** A data source, not yet initialised, for `sqlite:<path>`, `postgres://…` or `mariadb://…`. */
export function dataSourceFor(url: string, { poolSize = 10, busyTimeoutMs = 5_000, ...extra }: Extra): DataSource {
  if (url.startsWith('sqlite:')) {
    const database = url.slice('sqlite:'.length);
    return new DataSource({
      ...extra,
      type: 'better-sqlite3',
      driver: libsql,
      database,
      enableWAL: true,
      timeout: busyTimeoutMs,
    });
  }
  if (url.startsWith('mariadb:')) {
    return new DataSource({ ...extra, type: 'mariadb', url, poolSize, timezone: 'Z', charset: 'utf8mb4' });
  }
  return new DataSource({ ...extra, type: 'postgres', url, poolSize });
}
