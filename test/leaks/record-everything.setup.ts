import { inspect } from 'node:util';
import { Logger } from '@nestjs/common';
import { recordOutput } from './record-process.mjs';

// Runs before every test file, and files of a worker share their process: what is tapped already is not tapped again, or
// each line would be written once for every file before it. See record-process.mjs for what is written where.

const LOG_METHODS = ['log', 'error', 'warn', 'debug', 'verbose', 'fatal'] as const;
const CONSOLE_METHODS = ['log', 'info', 'warn', 'error', 'debug', 'trace', 'dir'] as const;
const LONGEST_ERROR = 200_000;

const TAPPED = Symbol.for('test.tapped');

/** Calls `seen` with the arguments of each call of `target[method]`, then the method itself. */
function tap(target: object, method: string, seen: (values: readonly unknown[]) => void): void {
  const original = Reflect.get(target, method);
  if (Reflect.get(original, TAPPED) === true) return;
  const tapped = function tapped(this: unknown, ...values: readonly unknown[]): unknown {
    seen(values);
    return Reflect.apply(original, this, values);
  };
  Reflect.set(target, method, Object.assign(tapped, { [TAPPED]: true }));
}

/** Every line given to Nest's logger counts, also those a test silences or whose level is off. */
function recordNestLogger(): void {
  for (const target of [Logger, Logger.prototype]) {
    for (const level of LOG_METHODS) {
      tap(target, level, (values) => {
        recordOutput('log', values.map((value) => toText(value)).join(' '));
        for (const line of values.filter(isLogLine)) recordOutput('log event', JSON.stringify({ level, ...line }));
      });
    }
  }
}

/** Vitest takes the console away from stdout, so it is tapped by itself. */
function recordConsole(): void {
  for (const method of CONSOLE_METHODS) {
    tap(console, method, (values) => recordOutput('console', values.map((value) => toText(value)).join(' ')));
  }
}

/** `record-thrown-errors.plugin.ts` sends every VodaPayError here as it is made. */
function recordThrownErrors(): void {
  Reflect.set(globalThis, Symbol.for('test.record-error'), (error: unknown) => {
    recordOutput('error', inspect(error, { depth: 6, showHidden: true }).slice(0, LONGEST_ERROR));
  });
}

/** By its form: the file under test may be loaded in another copy. */
function isLogLine(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Reflect.get(value, 'event') !== undefined;
}

function toText(value: unknown): string {
  return typeof value === 'string' ? value : inspect(value, { depth: 6 });
}

/** Processes that a test starts are recorded too. */
function recordChildProcesses(): void {
  const preload = `--import ${new URL('./record-process.mjs', import.meta.url).href}`;
  const options = process.env['NODE_OPTIONS'] ?? '';
  if (!options.includes(preload)) process.env['NODE_OPTIONS'] = `${options} ${preload}`.trim();
}

recordNestLogger();
recordConsole();
recordThrownErrors();
recordChildProcesses();
