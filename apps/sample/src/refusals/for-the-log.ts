import { EntityNotFoundError, QueryFailedError } from 'typeorm';

const MAX_DEPTH = 5;

/** A failure and its causes, down to the original one. A database's message may repeat a row's values: it stays out. */
export function forTheLog(failure: unknown, depth = 1): string {
  if (!(failure instanceof Error)) return `A ${typeof failure} was thrown.`;
  const told = isTalkative(failure) ? withoutMessage(failure) : (failure.stack ?? failure.message);
  if (failure.cause === undefined || depth === MAX_DEPTH) return told;
  return `${told}\ncaused by: ${forTheLog(failure.cause, depth + 1)}`;
}

/** pg's errors carry a severity, those of libsql and mysql2 a code that says whose they are. */
function isTalkative(failure: Error): boolean {
  const { severity, code } = failure as { readonly severity?: unknown; readonly code?: unknown };
  const fromDriver = severity !== undefined || /^(ER_|SQLITE_)/.test(String(code));
  return fromDriver || failure instanceof QueryFailedError || failure instanceof EntityNotFoundError;
}

function withoutMessage(failure: Error): string {
  const { constructor, message, stack = '' } = failure;
  const frames = stack
    .replace(message, () => '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line));
  return [`${constructor.name}${codeOf(failure)}`, ...frames].join('\n');
}

/** SQLSTATE, or the driver's name of the error: it says what to look up, and nothing of the row. */
function codeOf(failure: Error): string {
  const { code } = failure as { readonly code?: unknown };
  return typeof code === 'string' && /^\w{1,64}$/.test(code) ? ` (${code})` : '';
}
