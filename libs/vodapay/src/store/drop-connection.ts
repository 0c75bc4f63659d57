import type { QueryRunner } from 'typeorm';

/**
 * Closes the connection under a statement that got no answer, so that its pool makes a new one: a connection whose other
 * end fell silent would serve the next caller no better. The one connection to a SQLite file stays.
 */
export async function dropConnection(runner: QueryRunner): Promise<void> {
  const connection = (await runner.connect()) as PgClient & Mysql2Connection;
  const stream = connection.connection?.stream;
  if (stream !== undefined) stream.destroy(new Error('The statement was not answered in time.'));
  else if (connection.threadId !== undefined) connection.destroy?.();
}

interface PgClient {
  readonly connection?: { readonly stream?: { destroy(error: Error): void } };
}

interface Mysql2Connection {
  readonly threadId?: number | null;
  destroy?(): void;
}
