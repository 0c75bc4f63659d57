import { ConsoleLogger } from '@nestjs/common';

/** Where Nest tells of every module and route that it sets up. */
const CHATTER: ReadonlySet<unknown> = new Set([
  'NestFactory',
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'NestApplication',
]);

/** Under this name Nest prints the error of a failed start, which `main.ts` explains. */
const FAILED_START = 'ExceptionHandler';

/** Nest's logger without its account of every module and route: what the library says at start-up stays readable. */
export class SampleLogger extends ConsoleLogger {
  constructor() {
    super({ logLevels: ['fatal', 'error', 'warn', 'log'] });
  }

  override log(message: unknown, ...rest: unknown[]): void {
    if (!CHATTER.has(rest.at(-1))) super.log(message, ...rest);
  }

  override error(message: unknown, ...rest: unknown[]): void {
    if (rest.at(-1) !== FAILED_START) super.error(message, ...rest);
  }
}
