import { Catch, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Response } from 'express';
import { VodaPayError } from 'nestjs-vodapay';
import { forTheLog } from '../refusals/for-the-log.js';
import { refusalOf } from '../refusals/refusal-of.js';
import { messagePage } from './pages.js';

/** What a visitor reads, by status. */
const SENTENCES: Readonly<Record<number, string>> = {
  400: 'Something in this form is missing or too long. A password has at least 10 characters.',
  401: 'E-mail or password is wrong, or you are not signed in any more.',
  403: 'This page was not sent by our own website, so nothing was done.',
  404: 'There is no such page, or what it was about is over.',
  409: 'There is an account with this e-mail already. Sign in instead.',
  429: 'That was too often for today. Please come back tomorrow.',
};
const OURS = 'Something went wrong on our side. Please try again in a moment.';

/** A visitor of the website reads a page where a program would get JSON. The status is the same. */
@Catch()
export class WebsiteRefusalFilter implements ExceptionFilter {
  private readonly logger = new Logger('Sample');

  catch(failure: unknown, host: ArgumentsHost): void {
    const status = failure instanceof VodaPayError ? failure.status : refusalOf(failure).statusCode;
    if (status === 500) this.logger.error(forTheLog(failure));
    const response = host.switchToHttp().getResponse<Response>();
    response
      .status(status)
      .type('html')
      .send(messagePage('That did not work', SENTENCES[status] ?? OURS));
  }
}
