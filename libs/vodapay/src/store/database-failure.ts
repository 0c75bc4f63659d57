import { stackFrames } from '../errors/stack-frames.js';

/**
 * What a database's error means for the caller.
 * `unique`: an index decided · `transient`: the same statement may succeed when repeated · `connection`: the database
 * can't be reached · `statement`: it refuses the statement · `foreign`: not recognisably a database's error.
 */
export type DatabaseFailure = 'unique' | 'transient' | 'connection' | 'statement' | 'foreign';

/** Judges an error of TypeORM or of a driver (pg, mysql2, libsql, better-sqlite3) by its code. */
export function classifyDatabaseFailure(error: unknown): DatabaseFailure {
  const source = driverErrorOf(error);
  const found = RULES.find(({ test }) => test(source));
  if (found !== undefined) return found.failure;
  return isDatabaseError(error) ? 'statement' : 'foreign';
}

/**
 * An error that may be the `cause` of another and may be logged: codes, names of the schema and places in the code only.
 * The driver's own message and TypeORM's `parameters` hold values: user ids, tokens, e-mails.
 */
export function withoutValues(error: unknown): Error {
  const { code, errno, name, table, constraint } = driverErrorOf(error);
  const parts = [name, code, errno, table, constraint].filter((part) => part !== undefined);
  const withheld = new Error(`Database error (${parts.join(' ')}); its text and parameters are withheld.`);
  withheld.name = name ?? 'Error';
  withheld.stack = [`${withheld.name}: ${withheld.message}`, ...stackFrames(error)].join('\n');
  return code === undefined ? withheld : Object.assign(withheld, { code });
}

/** Whether the error came from a database, so that its text may hold values of a row. */
export function isDatabaseError(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { name = '', code = '' } = driverErrorOf(error);
  return 'driverError' in error || 'severity' in error || TALKING_NAMES.has(name) || /^(ER_|SQLITE_)/.test(code);
}

/** TypeORM's EntityNotFoundError writes its criteria into the message. */
const TALKING_NAMES = new Set(['SqliteError', 'EntityNotFoundError']);

interface DriverError {
  readonly name: string | undefined;
  readonly code: string | undefined;
  readonly errno: number | undefined;
  readonly message: string;
  readonly table: string | undefined;
  readonly constraint: string | undefined;
}

interface Rule {
  readonly failure: DatabaseFailure;
  readonly test: (error: DriverError) => boolean;
}

/** PostgreSQL: SQLSTATE (appendix A of its manual). MariaDB: errno. SQLite: extended result code by name. */
const UNIQUE_CODES = new Set(['23505', 'ER_DUP_ENTRY', 'SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT_PRIMARYKEY']);
/** 55P03 lock not available; 1205 lock wait timeout, 1213 deadlock, 1020 record changed. */
/** A Galera node that has lost its cluster: 1047 refuses the statement, 1180 takes back one that was about to commit. */
const GALERA_ERRNOS = [1047, 1180];
const TRANSIENT_CODES = new Set(['40001', '40P01', '55P03']);
const TRANSIENT_ERRNOS = new Set([1205, 1213, 1020, ...GALERA_ERRNOS]);
const TRANSIENT_TEXT = /^(SQLITE_(BUSY|LOCKED)(_|$))|^WSREP|database is locked/;
/** PostgreSQL: cancelled, shutting down, starting, idle time-out, too many connections, read-only, no such database. */
const CONNECTION_STATES = ['57014', '57P01', '57P02', '57P03', '57P05', '53300', '25006', '3D000'];
/** PostgreSQL: class 08 connection exception, class 28 invalid authorization. */
const CONNECTION_CLASS = /^(08|28)[0-9A-Z]{3}$/;
const NETWORK_CODES = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH'];
const DRIVER_CODES = ['ENETUNREACH', 'PROTOCOL_CONNECTION_LOST', 'POOL_CLOSED', 'SQLITE_CANTOPEN'];
const CONNECTION_CODES = new Set([...CONNECTION_STATES, ...NETWORK_CODES, ...DRIVER_CODES]);
/**
 * 1040 and 1203 too many connections, 1053 shutting down, 1184 and 1927 connection ended, 1317 statement ended, 1969 its
 * time is over, 1290 and 1836 read-only.
 */
const CONNECTION_ERRNOS = new Set([1040, 1203, 1053, 1184, 1927, 1317, 1969, 1290, 1836]);
/** Where a driver gives no code: pg, pg-pool, mysql2, then libsql and TypeORM. */
const CONNECTION_TEXTS = [
  /^Connection terminated|^Client has encountered a connection error|^Client was closed/,
  /^timeout (exceeded|expired)|^Query read timeout|after calling end on the pool/,
  /^(Pool|Connection) is closed|closed state|^Connection lost/i,
  /^The database connection is not open|^Driver not Connected|^Connection is not established/,
];
/** TypeORM before `initialize()` or after `destroy()`. */
const CONNECTION_NAMES = new Set([
  'CannotExecuteNotConnectedError',
  'ConnectionIsNotSetError',
  'DataSourceNotInitializedError',
  'DriverNotConnectedError',
]);

const RULES: readonly Rule[] = [
  { failure: 'unique', test: ({ code, errno }) => has(UNIQUE_CODES, code) || errno === 1062 },
  { failure: 'transient', test: ({ code }) => has(TRANSIENT_CODES, code) || TRANSIENT_TEXT.test(code ?? '') },
  { failure: 'transient', test: ({ errno, message }) => has(TRANSIENT_ERRNOS, errno) || TRANSIENT_TEXT.test(message) },
  { failure: 'connection', test: ({ code }) => has(CONNECTION_CODES, code) || CONNECTION_CLASS.test(code ?? '') },
  { failure: 'connection', test: ({ code }) => code?.startsWith('PROTOCOL_ENQUEUE_AFTER') ?? false },
  { failure: 'connection', test: ({ errno, name }) => has(CONNECTION_ERRNOS, errno) || has(CONNECTION_NAMES, name) },
  { failure: 'connection', test: ({ message }) => CONNECTION_TEXTS.some((text) => text.test(message)) },
];

function has<T>(set: ReadonlySet<T>, value: T | undefined): boolean {
  return value !== undefined && set.has(value);
}

/** TypeORM's QueryFailedError copies its driver's error and keeps it as `driverError`. */
function driverErrorOf(error: unknown): DriverError {
  const outer: object = typeof error === 'object' && error !== null ? error : {};
  const inner = 'driverError' in outer ? outer.driverError : outer;
  const given = (typeof inner === 'object' && inner !== null ? inner : {}) as Readonly<Record<string, unknown>>;
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
  return {
    name: text(given['name']),
    code: text(given['code']),
    errno: typeof given['errno'] === 'number' ? given['errno'] : undefined,
    message: text(given['message']) ?? '',
    table: text(given['table']),
    constraint: text(given['constraint']),
  };
}
