import { ConfigurableModuleBuilder, Inject, Module, type OnModuleInit } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { checkedPolicy } from './login/checked-policy.js';
import { mustStandApart, type Instance } from './must-stand-apart.js';
import { checkRoutes } from './passport/check-routes.js';
import { tellLog } from './telemetry/tell-log.js';
import { VODAPAY_ENTITIES } from './vodapay.entities.js';
import { exportsOf, namedParts } from './vodapay.instances.js';
import type { ResolvedVodaPayOptions, VodaPayModuleOptions } from './vodapay.options.js';
import { vodaPayProviders } from './vodapay.providers.js';
import {
  DEFAULT_INSTANCE,
  instanceName,
  VODAPAY_INSTANCE,
  VODAPAY_MODULE_OPTIONS,
  VODAPAY_OPTIONS,
} from './vodapay.tokens.js';

/** What must be known when the module is declared, before any factory runs. */
export interface VodaPayModuleExtras {
  /** Whether the guard works in every module of the application without importing this one. Default false. */
  readonly isGlobal?: boolean;
  /** Name of the TypeORM DataSource that holds links and sessions. Default: the unnamed one. */
  readonly dataSource?: string;
  /**
   * Name of this instance, 1-32 characters of A-Z a-z 0-9 _ -, beside others in the same application: its guard is
   * `VodaPayAuthGuard('shop')`, its parts come by `@InjectVodaPayInquiry('shop')` and the like, passport knows it as
   * `vodapay:shop`. Instances share nothing but the tables. Default: the one unnamed instance.
   */
  readonly name?: string;
}

const DEFAULT_EXTRAS = Object.freeze({ isGlobal: false, dataSource: 'default', name: DEFAULT_INSTANCE });

const { ConfigurableModuleClass } = new ConfigurableModuleBuilder<VodaPayModuleOptions>({
  optionsInjectionToken: VODAPAY_MODULE_OPTIONS,
})
  .setClassMethodName('forRoot')
  .setFactoryMethodName('createVodaPayOptions')
  .setExtras<VodaPayModuleExtras>(DEFAULT_EXTRAS, (definition, extras) => {
    const { isGlobal, dataSource, name: given } = { ...DEFAULT_EXTRAS, ...extras };
    const name = instanceName(given);
    return {
      ...definition,
      global: isGlobal,
      imports: [...(definition.imports ?? []), TypeOrmModule.forFeature([...VODAPAY_ENTITIES], dataSource)],
      providers: [...(definition.providers ?? []), ...vodaPayProviders(dataSource, name), ...namedParts(name)],
      exports: exportsOf(name),
    };
  })
  .build();

/**
 * Signs VodaPay users in to a NestJS application. Wiring only: `login/login.service.ts` shows the way of a login.
 *
 * @example
 * VodaPayModule.forRoot({ environment: 'sandbox', clientId, privateKey, vodapayPublicKey, accounts, isGlobal: true })
 */
@Module({})
export class VodaPayModule extends ConfigurableModuleClass implements OnModuleInit {
  constructor(
    @Inject(VODAPAY_OPTIONS) private readonly options: ResolvedVodaPayOptions,
    @Inject(VODAPAY_MODULE_OPTIONS) private readonly given: VodaPayModuleOptions,
    @Inject(VODAPAY_INSTANCE) private readonly name: string,
    private readonly modules: ModulesContainer,
  ) {
    super();
  }

  /** Says aloud what an operator should know before the first login. */
  onModuleInit(): void {
    const others = this.otherInstances();
    mustStandApart(this.instance, others);
    checkRoutes(this.modules, { name: this.name, isAlone: others.length === 0 }, ({ linking }) => {
      if (linking !== undefined) checkedPolicy(linking, this.options);
    });
    if (this.options.responseSignature === 'off') {
      tellLog('vodapay.start.unsigned-answers', {});
    }
    if (this.given.session?.sealingKeys === undefined) tellLog('vodapay.start.derived-sealing-key', {});
  }

  private get instance(): Instance {
    const { namespace, clientId } = this.options;
    return { name: this.name, namespace, clientId };
  }

  /** Of this application only: another one in the same process has a container of its own. */
  private otherInstances(): readonly Instance[] {
    const instances = [...this.modules.values()].map(({ instance }) => instance as unknown);
    return instances.flatMap((other) => (other instanceof VodaPayModule && other !== this ? [other.instance] : []));
  }
}
