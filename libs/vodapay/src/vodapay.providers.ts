import { HttpService } from '@nestjs/axios';
import type { Provider } from '@nestjs/common';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { AxiosInstance } from 'axios';
import passport from 'passport';
import type { DataSource } from 'typeorm';
import type { CoordinationBoard } from './coordination/coordination-board.js';
import { createCoordination } from './create-coordination.js';
import { VodaPayHealthIndicator } from './health/vodapay-health.indicator.js';
import { openHttpClient } from './inquiry/open-http-client.js';
import { VodaPayInquiryService } from './inquiry/vodapay-inquiry.service.js';
import { LinkChanges } from './linking/change/link-changes.js';
import { createLinkProofs } from './linking/proof/create-link-proofs.js';
import { LinkProofs } from './linking/proof/link-proofs.js';
import { VodaPayAccountLinkRepository } from './linking/vodapay-account-link.repository.js';
import { VodaPayLinkingService } from './linking/vodapay-linking.service.js';
import { VodaPayLoginService } from './login/login.service.js';
import { SessionConnections } from './login/session-connections.js';
import { SessionRevalidation } from './login/session-revalidation.js';
import { SessionSignIn } from './login/session-sign-in.js';
import { SessionTokens } from './login/session-tokens.js';
import { SharedInquiry } from './login/shared-inquiry.js';
import { WalletCredentials } from './login/wallet-credentials.js';
import { VodaPayAuthGuard } from './passport/named-auth-guard.js';
import { VodaPaySocketService } from './passport/vodapay-socket.service.js';
import { strategyName, VodaPayStrategy } from './passport/vodapay.strategy.js';
import { PersonDataRepository } from './privacy/person-data.repository.js';
import { VodaPayPrivacyService } from './privacy/vodapay-privacy.service.js';
import { resolveOptions } from './resolve-options.js';
import { AesSecretBox } from './session/aes-secret-box.js';
import { LiveSessions } from './session/live-sessions.js';
import { SecretBox } from './session/secret-box.js';
import { SessionNotices } from './session/session-notices.js';
import { SessionReseal } from './session/session-reseal.js';
import { VodaPaySessionRepository } from './session/vodapay-session.repository.js';
import { VodaPaySessionService } from './session/vodapay-session.service.js';
import { listenToConnections } from './store/listen-to-connections.js';
import { loadTelemetry } from './telemetry/load-telemetry.js';
import { Telemetry } from './telemetry/telemetry.js';
import type { ResolvedVodaPayOptions } from './vodapay.options.js';
import {
  DEFAULT_INSTANCE,
  VODAPAY_CLOCK,
  VODAPAY_COORDINATION,
  VODAPAY_HTTP_CLIENT,
  VODAPAY_INSTANCE,
  VODAPAY_MODULE_OPTIONS,
  VODAPAY_MONOTONIC_CLOCK,
  VODAPAY_OPTIONS,
} from './vodapay.tokens.js';

/** Everything that one instance of the module is made of. `dataSource`: name of the TypeORM DataSource. */
export function vodaPayProviders(dataSource: string, name: string = DEFAULT_INSTANCE): Provider[] {
  const dataSourceToken = getDataSourceToken(dataSource);
  return [
    { provide: VODAPAY_INSTANCE, useValue: name },
    { provide: VODAPAY_OPTIONS, useFactory: resolveOptions, inject: [VODAPAY_MODULE_OPTIONS] },
    { provide: VODAPAY_CLOCK, useValue: Date.now },
    { provide: Telemetry, useFactory: loadTelemetry, inject: [VODAPAY_INSTANCE] },
    { provide: VODAPAY_HTTP_CLIENT, useFactory: openHttpClient, inject: [VODAPAY_OPTIONS] },
    { provide: HttpService, useFactory: createHttpService, inject: [VODAPAY_HTTP_CLIENT] },
    { provide: VODAPAY_MONOTONIC_CLOCK, useValue: () => performance.now() },
    { provide: VODAPAY_COORDINATION, useFactory: createCoordination, inject: [VODAPAY_OPTIONS, Telemetry] },
    { provide: SessionNotices, useFactory: createNotices, inject: [VODAPAY_COORDINATION, VODAPAY_OPTIONS] },
    { provide: SecretBox, useFactory: createSecretBox, inject: [VODAPAY_OPTIONS] },
    { provide: VodaPayAccountLinkRepository, useFactory: createLinkRepository, inject: [dataSourceToken] },
    {
      provide: VodaPaySessionRepository,
      useFactory: createSessionRepository,
      inject: [dataSourceToken, VODAPAY_OPTIONS],
    },
    {
      provide: VodaPayStrategy,
      useFactory: createStrategy,
      inject: [VodaPayLoginService, SessionConnections, VODAPAY_INSTANCE, Telemetry],
    },
    {
      provide: LinkChanges,
      useFactory: createLinkChanges,
      inject: [dataSourceToken, LiveSessions, VODAPAY_OPTIONS, VODAPAY_CLOCK, Telemetry],
    },
    {
      provide: VodaPayHealthIndicator,
      useFactory: (source: DataSource, inquiry: VodaPayInquiryService) => new VodaPayHealthIndicator(source, inquiry),
      inject: [dataSourceToken, VodaPayInquiryService],
    },
    { provide: PersonDataRepository, useFactory: createPersonData, inject: [dataSourceToken, VODAPAY_OPTIONS] },
    { provide: LinkProofs, useFactory: createLinkProofs, inject: [dataSourceToken, ...LINK_PROOF_PARTS] },
    VodaPayInquiryService,
    VodaPayLinkingService,
    LiveSessions,
    SessionReseal,
    VodaPaySessionService,
    VodaPayPrivacyService,
    VodaPayLoginService,
    SessionConnections,
    SessionSignIn,
    SessionRevalidation,
    SessionTokens,
    SharedInquiry,
    WalletCredentials,
    VodaPayAuthGuard,
    VodaPaySocketService,
  ];
}

const LINK_PROOF_PARTS = [
  VodaPayAccountLinkRepository,
  LinkChanges,
  LiveSessions,
  SecretBox,
  VODAPAY_OPTIONS,
  VODAPAY_CLOCK,
] as const;

const createHttpService = (client: AxiosInstance): HttpService => new HttpService(client);

const createSecretBox = ({ session }: ResolvedVodaPayOptions): SecretBox =>
  session.secretBox ?? new AesSecretBox(session.sealingKeys);

const createNotices = (board: CoordinationBoard, { session }: ResolvedVodaPayOptions): SessionNotices =>
  new SessionNotices({ ...board, withinMs: session.cacheMs });

function createLinkRepository(dataSource: DataSource): VodaPayAccountLinkRepository {
  listenToConnections(dataSource);
  return new VodaPayAccountLinkRepository(dataSource);
}

function createLinkChanges(
  dataSource: DataSource,
  sessions: LiveSessions,
  { linking, accounts, correlationKey, namespace }: ResolvedVodaPayOptions,
  now: () => number,
  telemetry: Telemetry,
): LinkChanges {
  const settings = { ...linking, notifier: linking.notifier, accounts, correlationKey, namespace };
  return new LinkChanges(dataSource, sessions, settings, now, telemetry);
}

const createSessionRepository = (dataSource: DataSource, options: ResolvedVodaPayOptions): VodaPaySessionRepository =>
  new VodaPaySessionRepository(dataSource, options);

const createPersonData = (dataSource: DataSource, { namespace }: ResolvedVodaPayOptions): PersonDataRepository =>
  new PersonDataRepository(dataSource, namespace);

/** Passport's registry is process-wide and serves `AuthGuard('vodapay')` only: the module's own guard never reads it. */
function createStrategy(
  login: VodaPayLoginService,
  connections: SessionConnections,
  instance: string,
  telemetry: Telemetry,
): VodaPayStrategy {
  const strategy = new VodaPayStrategy(login, connections, strategyName(instance), telemetry);
  passport.use(strategy.name, strategy);
  return strategy;
}
