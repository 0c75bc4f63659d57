import { ConfigurableModuleBuilder, Inject, Logger, Module, type OnModuleInit } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { VodaPayInquiryService } from './inquiry/vodapay-inquiry.service.js';
import { VodaPayAccountLinkRepository } from './linking/vodapay-account-link.repository.js';
import { VodaPayLinkingService } from './linking/vodapay-linking.service.js';
import { VodaPayAuthGuard } from './passport/vodapay-auth.guard.js';
import { VodaPayStrategy } from './passport/vodapay.strategy.js';
import { VodaPaySessionService } from './session/vodapay-session.service.js';
import { VODAPAY_ENTITIES } from './vodapay.entities.js';
import type { ResolvedVodaPayOptions, VodaPayModuleOptions } from './vodapay.options.js';
import { vodaPayProviders } from './vodapay.providers.js';
import { VODAPAY_MODULE_OPTIONS, VODAPAY_OPTIONS } from './vodapay.tokens.js';

/** What must be known when the module is declared, before any factory runs. */
export interface VodaPayModuleExtras {
  /** Whether the guard works in every module of the application without importing this one. Default false. */
  readonly isGlobal?: boolean;
  /** Name of the TypeORM DataSource that holds links and sessions. Default: the unnamed one. */
  readonly dataSource?: string;
}

const { ConfigurableModuleClass } = new ConfigurableModuleBuilder<VodaPayModuleOptions>({
  optionsInjectionToken: VODAPAY_MODULE_OPTIONS,
})
  .setClassMethodName('forRoot')
  .setFactoryMethodName('createVodaPayOptions')
  .setExtras<VodaPayModuleExtras>({ isGlobal: false, dataSource: 'default' }, (definition, extras) => {
    const dataSource = extras.dataSource ?? 'default';
    return {
      ...definition,
      global: extras.isGlobal ?? false,
      imports: [...(definition.imports ?? []), TypeOrmModule.forFeature([...VODAPAY_ENTITIES], dataSource)],
      providers: [...(definition.providers ?? []), ...vodaPayProviders(dataSource)],
      exports: EXPORTS,
    };
  })
  .build();

const EXPORTS = [
  VODAPAY_OPTIONS,
  VodaPayAccountLinkRepository,
  VodaPayAuthGuard,
  VodaPayInquiryService,
  VodaPayLinkingService,
  VodaPaySessionService,
  VodaPayStrategy,
];

/**
 * Signs VodaPay users in to a NestJS application. Wiring only: `login/login.service.ts` shows the way of a login.
 *
 * @example
 * VodaPayModule.forRoot({ environment: 'sandbox', clientId, privateKey, vodapayPublicKey, accounts, isGlobal: true })
 */
@Module({})
export class VodaPayModule extends ConfigurableModuleClass implements OnModuleInit {
  private readonly logger = new Logger('VodaPayModule');

  constructor(
    @Inject(VODAPAY_OPTIONS) private readonly options: ResolvedVodaPayOptions,
    @Inject(VODAPAY_MODULE_OPTIONS) private readonly given: VodaPayModuleOptions,
  ) {
    super();
  }

  /** Says aloud what an operator should know before the first login. */
  onModuleInit(): void {
    if (this.options.responseSignature === 'off') {
      this.logger.warn('responseSignature is off: anybody between here and the wallet can sign in as anybody.');
    }
    if (this.given.session?.sealingKeys === undefined) {
      this.logger.log(
        'session.sealingKeys is not set: tokens are sealed with a key derived from privateKey. Fine for development; ' +
          'set it before production, or a new private key signs everybody out.',
      );
    }
  }
}
