import { Logger } from '@nestjs/common';

/** Takes every line that the Nest logger would write, as text, until `release`. */
export function captureLogs(): { readonly lines: readonly string[]; readonly release: () => void } {
  const lines: string[] = [];
  const take =
    (level: string) =>
    (...parts: unknown[]): void =>
      void lines.push([level, ...parts.map(String)].join(' '));
  Logger.overrideLogger({
    log: take('log'),
    error: take('error'),
    warn: take('warn'),
    debug: take('debug'),
    verbose: take('verbose'),
    fatal: take('fatal'),
  });
  return { lines, release: () => Logger.overrideLogger(false) };
}
