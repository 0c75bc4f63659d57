import { HttpException } from '@nestjs/common';
import type { VodaPayError } from '../errors/vodapay-error.js';
import { toHttpRefusal } from './to-http-refusal.js';

/** The refusal as Nest's own exception, so that an application's catch-all filter answers with the right status. */
export function toHttpException(error: VodaPayError): HttpException {
  const { status, body } = toHttpRefusal(error);
  const exception = new HttpException(body, status, { cause: error });
  // The body may hold a link ticket: who prints the exception must not print it (R19).
  return Object.defineProperty(exception, 'response', { enumerable: false });
}
