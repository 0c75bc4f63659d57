import { NotFoundException } from '@nestjs/common';
import { VodaPayError } from 'nestjs-vodapay';
import { QueryFailedError } from 'typeorm';
import { describe, expect, it } from 'vitest';
import { refusalOf } from '../../apps/sample/src/refusals/refusal-of.js';

const failedQuery = (driverError: Error): QueryFailedError =>
  new QueryFailedError('SELECT * FROM account WHERE email = $1', ['me@shop.example'], driverError);
const coded = (code: string): Error => Object.assign(new Error('the driver says something'), { code });

describe('what a client is told of a failure outside the library', () => {
  it.each([
    'ECONNREFUSED',
    'ECONNRESET',
    '57P01',
    '08006',
    '53300',
    'PROTOCOL_CONNECTION_LOST',
    'SQLITE_BUSY',
    // Of a Galera node that has lost its cluster.
    'ER_UNKNOWN_COM_ERROR',
    'ER_LOCK_DEADLOCK',
    'ER_LOCK_WAIT_TIMEOUT',
    'ER_ERROR_DURING_COMMIT',
  ])('calls a query that failed with %s a database that does not answer', (code) => {
    expect(refusalOf(failedQuery(coded(code)))).toMatchObject({
      statusCode: 503,
      code: 'VODAPAY_STORE_UNAVAILABLE',
      next: 'retry',
    });
  });

  it.each([
    Object.assign(new Error('Connection was killed'), { errno: 1927 }),
    new Error('Connection terminated unexpectedly'),
    new Error('timeout exceeded when trying to connect'),
    new AggregateError([coded('ECONNREFUSED')]),
  ])('knows the same where the driver gives no code (%s)', (error) => {
    expect(refusalOf(failedQuery(error))).toMatchObject({ statusCode: 503 });
  });

  it.each([failedQuery(coded('23505')), new Error('secret of the house'), 'secret of the house', undefined])(
    'tells nothing of an unexpected failure (%s)',
    (failure) => {
      expect(refusalOf(failure)).toEqual({
        statusCode: 500,
        code: 'INTERNAL_SERVER_ERROR',
        message: 'Something went wrong on our side.',
        next: 'retry',
      });
    },
  );

  it("keeps the library's refusal, and Nest's status without Nest's words", () => {
    const refused = new NotFoundException('Cannot GET /x?code=secret', {
      cause: new VodaPayError('VODAPAY_NOT_LINKED'),
    });

    expect(refusalOf(refused)).toMatchObject({ statusCode: 403, code: 'VODAPAY_NOT_LINKED' });
    expect(refusalOf(new NotFoundException('Cannot GET /x?code=secret'))).toEqual({
      statusCode: 404,
      code: 'NOT_FOUND',
      message: 'There is no such route.',
      next: 'none',
    });
  });
});
