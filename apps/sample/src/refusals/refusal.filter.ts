import { Catch, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { QueryFailedError } from 'typeorm';
import { refusalOf } from './refusal-of.js';

const RETRY_AFTER_SECONDS = '1';

/** Answers everything that goes wrong outside the library in the same shape as the library's own refusals. */
@Catch()
export class RefusalFilter implements ExceptionFilter {
  private readonly logger = new Logger('Sample');

  constructor(private readonly adapterHost: HttpAdapterHost) {}

  catch(failure: unknown, host: ArgumentsHost): void {
    const { httpAdapter } = this.adapterHost;
    const response = host.switchToHttp().getResponse<unknown>();
    const refusal = refusalOf(failure);
    if (refusal.statusCode === 500) this.logger.error(forTheLog(failure));
    if (httpAdapter.isHeadersSent(response)) return void httpAdapter.end(response);
    if (refusal.statusCode === 503 && !httpAdapter.getHeader?.(response, 'Retry-After')) {
      httpAdapter.setHeader(response, 'Retry-After', RETRY_AFTER_SECONDS);
    }
    httpAdapter.reply(response, refusal, refusal.statusCode);
  }
}

/** A database's message may repeat a row's values, so only its place in the code is logged. */
function forTheLog(failure: unknown): string {
  if (!(failure instanceof Error)) return `A ${typeof failure} was thrown.`;
  if (!(failure instanceof QueryFailedError)) return failure.stack ?? failure.message;
  const frames = (failure.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return ['QueryFailedError', ...frames].join('\n');
}
