/** What the kit needs of Nest's TestingModuleBuilder. Named by its shape, so that @nestjs/testing is not imported. */
export interface OverridableModule {
  overrideProvider(token: unknown): ProviderOverride;
}

interface ProviderOverride {
  useValue(value: unknown): unknown;
  useFactory(given: { factory: (...dependencies: never[]) => unknown; inject: unknown[] }): unknown;
}
