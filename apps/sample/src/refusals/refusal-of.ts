import { HttpException, HttpStatus } from '@nestjs/common';
import { VodaPayError } from 'nestjs-vodapay';
import { databaseUnreachable } from '../database/database-unreachable.js';
import { InvalidBody } from './invalid-body.js';
import type { Refusal } from './refusal.models.js';

/**
 * What a client is told about a failure that is not the library's. Sentences come from here and never from the failure:
 * Nest and the body parser repeat pieces of the request in theirs.
 */
export function refusalOf(failure: unknown): Refusal {
  if (failure instanceof HttpException && failure.cause instanceof VodaPayError) return ofVodaPay(failure.cause);
  if (failure instanceof InvalidBody) return ofStatus(400, failure.message);
  if (databaseUnreachable(failure) !== undefined) return ofVodaPay(new VodaPayError('VODAPAY_STORE_UNAVAILABLE'));
  return ofStatus(statusOf(failure));
}

const SENTENCES: Readonly<Record<number, string>> = Object.freeze({
  400: 'The request is not readable. A body must be a JSON object.',
  404: 'There is no such route.',
  413: 'The body is too large.',
  415: 'The body is in an encoding or character set that this server does not read.',
});

function ofVodaPay({ status, code, message, next, refusal }: VodaPayError): Refusal {
  return { statusCode: status, code, message, next, ...refusal };
}

function ofStatus(status: number, sentence = SENTENCES[status]): Refusal {
  const ours = status >= 500;
  return {
    statusCode: status,
    code: HttpStatus[status] ?? 'REFUSED',
    message: sentence ?? (ours ? 'Something went wrong on our side.' : 'The request is refused.'),
    next: ours ? 'retry' : 'none',
  };
}

/** Nest's own exceptions, and the body parser's, which carry `statusCode` (http-errors). */
function statusOf(failure: unknown): number {
  if (failure instanceof HttpException) return failure.getStatus();
  const { statusCode } = (typeof failure === 'object' && failure !== null ? failure : {}) as {
    readonly statusCode?: unknown;
  };
  return typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500 ? statusCode : 500;
}
