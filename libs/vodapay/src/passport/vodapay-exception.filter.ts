import { Catch, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { VodaPayError } from '../errors.js';
import { logOwnFailure } from './log-own-failure.js';
import { toHttpRefusal } from './to-http-refusal.js';

/**
 * Answers a VodaPayError thrown anywhere in an HTTP application as the guard's own refusals are answered.
 *
 * @example
 * providers: [{ provide: APP_FILTER, useClass: VodaPayExceptionFilter }]
 */
@Catch(VodaPayError)
export class VodaPayExceptionFilter implements ExceptionFilter<VodaPayError> {
  private readonly logger = new Logger(VodaPayExceptionFilter.name);

  constructor(private readonly adapterHost: HttpAdapterHost) {}

  catch(error: VodaPayError, host: ArgumentsHost): void {
    logOwnFailure(this.logger, error);
    const { httpAdapter } = this.adapterHost;
    const response = host.switchToHttp().getResponse<unknown>();
    const { status, headers, body } = toHttpRefusal(error);
    for (const [name, value] of Object.entries(headers)) httpAdapter.setHeader(response, name, value);
    httpAdapter.reply(response, body, status);
  }
}
