import { HttpService } from '@nestjs/axios';
import type { Provider } from '@nestjs/common';
import { getDataSourceToken } from '@nestjs/typeorm';
import passport from 'passport';
import type { DataSource } from 'typeorm';
import { createHttpClient } from './inquiry/create-http-client.js';
import { VodaPayInquiryService } from './inquiry/vodapay-inquiry.service.js';
import { VodaPayAccountLinkRepository } from './linking/vodapay-account-link.repository.js';
import { VodaPayLinkingService } from './linking/vodapay-linking.service.js';
import { VodaPayLoginService } from './login/login.service.js';
import { SessionRevalidation } from './login/session-revalidation.js';
import { SessionSignIn } from './login/session-sign-in.js';
import { SessionTokens } from './login/session-tokens.js';
import { VodaPayAuthGuard } from './passport/vodapay-auth.guard.js';
import { VodaPayStrategy } from './passport/vodapay.strategy.js';
import { resolveOptions } from './resolve-options.js';
import { SecretBox } from './session/secret-box.js';
import { VodaPaySessionRepository } from './session/vodapay-session.repository.js';
import { VodaPaySessionService } from './session/vodapay-session.service.js';
import { listenToConnections } from './store/listen-to-connections.js';
import type { ResolvedVodaPayOptions } from './vodapay.options.js';
import { VODAPAY_CLOCK, VODAPAY_MODULE_OPTIONS, VODAPAY_OPTIONS } from './vodapay.tokens.js';

/** Everything that one instance of the module is made of. `dataSource`: name of the TypeORM DataSource. */
export function vodaPayProviders(dataSource: string): Provider[] {
  const dataSourceToken = getDataSourceToken(dataSource);
  return [
    { provide: VODAPAY_OPTIONS, useFactory: resolveOptions, inject: [VODAPAY_MODULE_OPTIONS] },
    { provide: VODAPAY_CLOCK, useValue: Date.now },
    { provide: HttpService, useFactory: createHttpService, inject: [VODAPAY_OPTIONS] },
    { provide: SecretBox, useFactory: createSecretBox, inject: [VODAPAY_OPTIONS] },
    { provide: VodaPayAccountLinkRepository, useFactory: createLinkRepository, inject: [dataSourceToken] },
    { provide: VodaPaySessionRepository, useFactory: createSessionRepository, inject: [dataSourceToken] },
    { provide: VodaPayStrategy, useFactory: createStrategy, inject: [VodaPayLoginService] },
    VodaPayInquiryService,
    VodaPayLinkingService,
    VodaPaySessionService,
    VodaPayLoginService,
    SessionSignIn,
    SessionRevalidation,
    SessionTokens,
    VodaPayAuthGuard,
  ];
}

const createHttpService = (options: ResolvedVodaPayOptions): HttpService => new HttpService(createHttpClient(options));

const createSecretBox = ({ session }: ResolvedVodaPayOptions): SecretBox => new SecretBox(session.sealingKeys);

function createLinkRepository(dataSource: DataSource): VodaPayAccountLinkRepository {
  listenToConnections(dataSource);
  return new VodaPayAccountLinkRepository(dataSource);
}

const createSessionRepository = (dataSource: DataSource): VodaPaySessionRepository =>
  new VodaPaySessionRepository(dataSource);

/** Passport's registry is process-wide and serves `AuthGuard('vodapay')` only: the module's own guard never reads it. */
function createStrategy(login: VodaPayLoginService): VodaPayStrategy {
  const strategy = new VodaPayStrategy(login);
  passport.use(strategy.name, strategy);
  return strategy;
}
