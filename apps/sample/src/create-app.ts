import type { LoggerService } from '@nestjs/common';
import { HttpAdapterHost, NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { urlencoded } from 'express';
import { VodaPayExceptionFilter } from 'nestjs-vodapay';
import { AppModule } from './app.module.js';
import { serveDocs } from './docs/serve-docs.js';
import type { Environment } from './environment.js';
import { bodyValidation } from './refusals/invalid-body.js';
import { RefusalFilter } from './refusals/refusal.filter.js';
import { securityHeaders } from './security-headers.js';
import { serveMiniProgram } from './serve-mini-program.js';

/** An auth code is at most 128 characters, so nothing that this API takes comes near. */
const MAX_BODY = '16kb';

/** The whole application, not yet listening. Its database is open and up to date. */
export async function createApp(environment: Environment, logger?: LoggerService): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(AppModule.forRoot(environment), {
    abortOnError: false,
    bodyParser: false,
    ...(logger && { logger }),
  });
  const adapterHost = app.get(HttpAdapterHost);
  app.disable('x-powered-by');
  if (environment.trustProxy !== undefined) app.set('trust proxy', environment.trustProxy);
  app.use(securityHeaders(environment.embeddedBy));
  app.useBodyParser('json', { limit: MAX_BODY });
  // Forms for the website only: a form of another site could post an auth code of its own to the login.
  app.use('/website', urlencoded({ extended: false, limit: MAX_BODY }));
  app.useGlobalPipes(bodyValidation());
  app.useGlobalFilters(new RefusalFilter(adapterHost), new VodaPayExceptionFilter(adapterHost));
  serveMiniProgram(app, environment);
  serveDocs(app);
  return app;
}
