import { Module, type DynamicModule, type InjectionToken } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { AccountDirectory } from '../linking/account-directory.js';
import { resolveOptions } from '../resolve-options.js';
import { VODAPAY_ENTITIES } from '../vodapay.entities.js';
import { exportsOf } from '../vodapay.instances.js';
import type { ResolvedVodaPayOptions, VodaPayModuleOptions } from '../vodapay.options.js';
import { vodaPayProviders } from '../vodapay.providers.js';
import { DEFAULT_INSTANCE, VODAPAY_HTTP_CLIENT, VODAPAY_MODULE_OPTIONS, VODAPAY_OPTIONS } from '../vodapay.tokens.js';
import { MEMORY_DATABASE, memoryDatabase } from './memory-database.js';
import type { OverridableModule } from './overridable-module.js';
import { createTestHttpClient } from './test-http-client.js';
import { TestWallet } from './test-wallet.js';
import { testedOptions, type TestingOptions } from './testing-options.js';

/** What `VodaPayTestingModule.forRoot` is made of. */
export interface TestingModuleOptions extends Omit<TestingOptions, 'accounts'> {
  readonly accounts: AccountDirectory | AccountDirectory<number>;
  /** Name of a migrated TypeORM DataSource of the application. Default: a SQLite database in memory of the kit's own. */
  readonly dataSource?: string;
}

/**
 * VodaPay in memory, for tests: no network, throw-away keys, and the library's real way from the auth code to the session.
 * Refuses where NODE_ENV is production.
 */
@Module({})
export class VodaPayTestingModule {
  /**
   * Puts the test wallet under an application's own VodaPayModule, all instances of it. Everything else stays: database,
   * accounts, guard, routes. Give it Nest's testing module builder before `compile()`; it gives it back.
   *
   * @example
   * const builder = Test.createTestingModule({ imports: [AppModule] });
   * const testing = await VodaPayTestingModule.replaceIn(builder).compile();
   */
  static replaceIn<B extends OverridableModule>(builder: B, { accounts, ...overrides }: TestingOptions = {}): B {
    const wallet = new TestWallet();
    const token = isToken(accounts) ? accounts : undefined;
    const directory = isToken(accounts) ? undefined : accounts;
    if (accounts !== undefined) builder.overrideProvider(VODAPAY_MODULE_OPTIONS).useValue({});
    builder.overrideProvider(VODAPAY_OPTIONS).useFactory({
      factory: (given: VodaPayModuleOptions, found?: AccountDirectory): ResolvedVodaPayOptions =>
        resolveOptions(testedOptions(given, found ?? directory, wallet, overrides)),
      inject: [VODAPAY_MODULE_OPTIONS, ...(token === undefined ? [] : [token])],
    });
    builder.overrideProvider(VODAPAY_HTTP_CLIENT).useValue(createTestHttpClient(wallet));
    return builder;
  }

  /**
   * Stands in the place of VodaPayModule, for tests of single parts of an application. Global.
   *
   * @example
   * Test.createTestingModule({ imports: [VodaPayTestingModule.forRoot({ accounts })], controllers: [MeController] })
   */
  static forRoot({ accounts, dataSource, ...overrides }: TestingModuleOptions): DynamicModule {
    const wallet = new TestWallet();
    const name = dataSource ?? MEMORY_DATABASE;
    return {
      module: VodaPayTestingModule,
      global: true,
      imports: [
        ...(dataSource === undefined ? [TypeOrmModule.forRootAsync(memoryDatabase())] : []),
        TypeOrmModule.forFeature([...VODAPAY_ENTITIES], name),
      ],
      providers: [
        { provide: VODAPAY_MODULE_OPTIONS, useValue: testedOptions({}, accounts, wallet, overrides) },
        ...vodaPayProviders(name),
        // The last provider of a token counts.
        { provide: VODAPAY_HTTP_CLIENT, useValue: createTestHttpClient(wallet) },
      ],
      exports: exportsOf(DEFAULT_INSTANCE),
    };
  }
}

function isToken(accounts: TestingOptions['accounts']): accounts is InjectionToken {
  return accounts !== undefined && (typeof accounts !== 'object' || !('create' in accounts));
}
