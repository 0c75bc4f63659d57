/** What drivers and sockets say when the database does not answer: by code, and in words where they give none. */
const CODES: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'PROTOCOL_CONNECTION_LOST',
  'ER_CON_COUNT_ERROR',
  // A row that somebody holds too long; a Galera node that could not catch up with the others in time.
  'ER_LOCK_DEADLOCK',
  'ER_LOCK_WAIT_TIMEOUT',
  'ER_NEW_ABORTING_CONNECTION',
  'ER_QUERY_INTERRUPTED',
  'ER_SERVER_SHUTDOWN',
  // A Galera node that has lost its cluster, and what it was about to commit then.
  'ER_UNKNOWN_COM_ERROR',
  'ER_ERROR_DURING_COMMIT',
  // MariaDB's own, which mysql2 has no name for: connection killed, statement's time over.
  '1927',
  '1969',
  '25P03',
  '53100',
  '53200',
  '53300',
  '57014',
  '57P01',
  '57P02',
  '57P03',
  'SQLITE_BUSY',
  'SQLITE_CANTOPEN',
  'SQLITE_IOERR',
  'SQLITE_FULL',
  'SQLITE_READONLY',
  'EHOSTDOWN',
]);
const PG_CONNECTION_EXCEPTION = /^08[0-9A-Z]{3}$/;
const WORDS =
  /^(Connection terminated|timeout (exceeded|expired)|Query read timeout|Cannot use a pool after|Pool is closed)/i;

/** The code, or the words, under which a failure says that the database does not answer; undefined for any other. */
export function databaseUnreachable(error: unknown): string | undefined {
  return failuresIn(error)
    .map(reasonOf)
    .find((reason) => reason !== undefined);
}

function reasonOf(failure: Failure): string | undefined {
  const { code, errno, message } = failure;
  const told = typeof code === 'string' ? code : String(errno);
  if (CODES.has(told) || PG_CONNECTION_EXCEPTION.test(told)) return told;
  return typeof message === 'string' ? WORDS.exec(message)?.[0] : undefined;
}

interface Failure {
  readonly code?: unknown;
  readonly errno?: unknown;
  readonly message?: unknown;
  readonly driverError?: unknown;
  readonly errors?: unknown;
}

/** The error, the driver's own error in TypeORM's wrapping, and the parts of an AggregateError. */
function failuresIn(error: unknown): readonly Failure[] {
  if (typeof error !== 'object' || error === null) return [];
  const failure: Failure = error;
  const parts: readonly unknown[] = Array.isArray(failure.errors) ? failure.errors : [];
  return [failure, ...failuresIn(failure.driverError), ...parts.flatMap(failuresIn)];
}
