import { Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { VodaPayModule } from 'nestjs-vodapay';
import { AccountsModule } from './accounts/accounts.module.js';
import { AccountsService } from './accounts/accounts.service.js';
import { AuthModule } from './auth/auth.module.js';
import { databaseModuleOptions } from './database/database-module-options.js';
import type { Environment } from './environment.js';
import { HealthModule } from './health/health.module.js';
import { MeModule } from './me/me.module.js';

@Module({ imports: [AccountsModule, AuthModule, MeModule, HealthModule] })
export class AppModule {
  static forRoot(environment: Environment): DynamicModule {
    return {
      module: AppModule,
      imports: [
        TypeOrmModule.forRootAsync(databaseModuleOptions(environment.databaseUrl)),
        VodaPayModule.forRootAsync({
          isGlobal: true,
          imports: [AccountsModule],
          inject: [AccountsService],
          useFactory: (accounts: AccountsService) => ({
            ...environment.vodaPayTuning, // environment or baseUrl, and whatever is not left to its default
            clientId: environment.clientId,
            privateKey: environment.privateKey,
            vodapayPublicKey: environment.vodapayPublicKey,
            accounts, // your AccountDirectory
          }),
        }),
      ],
    };
  }
}
