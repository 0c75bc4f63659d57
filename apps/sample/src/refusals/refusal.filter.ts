import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { VodaPayError } from 'nestjs-vodapay';
import { forTheLog } from './for-the-log.js';
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
    if (refusal.statusCode === 500 && !isLoggedByLibrary(failure)) this.logger.error(forTheLog(failure));
    if (httpAdapter.isHeadersSent(response)) return void httpAdapter.end(response);
    if (refusal.statusCode === 503 && !httpAdapter.getHeader?.(response, 'Retry-After')) {
      httpAdapter.setHeader(response, 'Retry-After', RETRY_AFTER_SECONDS);
    }
    httpAdapter.reply(response, refusal, refusal.statusCode);
  }
}

/** The guard's own refusals: the library has told their causes. */
function isLoggedByLibrary(failure: unknown): boolean {
  return failure instanceof HttpException && failure.cause instanceof VodaPayError;
}
