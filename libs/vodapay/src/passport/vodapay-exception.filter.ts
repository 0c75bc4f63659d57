import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { throwError } from 'rxjs';
import { VodaPayError } from '../errors/vodapay-error.js';
import { GraphqlRefusal } from './contexts/graphql-refusal.js';
import { tellException } from './contexts/open-socket.js';
import { logOwnFailure } from './log-own-failure.js';
import { toHttpRefusal } from './to-http-refusal.js';

type Answer = (error: VodaPayError, host: ArgumentsHost, adapterHost: HttpAdapterHost) => unknown;

/** How a filter answers in each kind of context: Nest asks for another thing everywhere. */
const ANSWERS: ReadonlyMap<string, Answer> = new Map<string, Answer>([
  ['http', replyOverHttp],
  ['graphql', throwToGraphql],
  ['rpc', (error) => throwError(() => toHttpRefusal(error).body)],
  ['ws', (error, host) => tellException(host.getArgByIndex(0), toHttpRefusal(error).body)],
]);

/**
 * Answers a VodaPayError thrown anywhere in an application as the guard's own refusals are answered. Gateways take no
 * global filters (Nest's rule): there, name it with `@UseFilters()`.
 *
 * @example
 * providers: [{ provide: APP_FILTER, useClass: VodaPayExceptionFilter }]
 */
@Catch(VodaPayError)
export class VodaPayExceptionFilter implements ExceptionFilter<VodaPayError> {
  constructor(private readonly adapterHost: HttpAdapterHost) {}

  catch(error: VodaPayError, host: ArgumentsHost): unknown {
    logOwnFailure(error);
    const answer = ANSWERS.get(host.getType<string>());
    if (answer === undefined) throw error;
    return answer(error, host, this.adapterHost);
  }
}

function replyOverHttp(error: VodaPayError, host: ArgumentsHost, { httpAdapter }: HttpAdapterHost): void {
  const response = host.switchToHttp().getResponse<unknown>();
  const { status, headers, body } = toHttpRefusal(error);
  for (const [name, value] of Object.entries(headers)) httpAdapter.setHeader(response, name, value);
  httpAdapter.reply(response, body, status);
}

function throwToGraphql(error: VodaPayError): never {
  throw new GraphqlRefusal(error);
}
