import { Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { VodaPayModule } from 'nestjs-vodapay';
import { AccountsModule } from './accounts/accounts.module.js';
import { AccountsService } from './accounts/accounts.service.js';
import { AuthModule } from './auth/auth.module.js';
import { databaseModuleOptions } from './database/database-module-options.js';
import type { Environment } from './environment.js';
import { HealthModule } from './health/health.module.js';
import { CodesByMail, NoticesByMail } from './mail/link-mails.service.js';
import { MailModule } from './mail/mail.module.js';
import { MeModule } from './me/me.module.js';
import { OrdersModule } from './orders/orders.module.js';
import { WebsiteModule } from './website/website.module.js';

@Module({ imports: [AccountsModule, MeModule, OrdersModule, HealthModule, WebsiteModule] })
export class AppModule {
  static forRoot(environment: Environment): DynamicModule {
    return {
      module: AppModule,
      imports: [
        AuthModule.forRoot(environment.failedLoginsPerMinute),
        TypeOrmModule.forRootAsync(databaseModuleOptions(environment.databaseUrl)),
        VodaPayModule.forRootAsync({
          isGlobal: true,
          imports: [AccountsModule, MailModule],
          inject: [AccountsService, CodesByMail, NoticesByMail],
          useFactory: (accounts: AccountsService, proofSender: CodesByMail, notifier: NoticesByMail) => ({
            ...environment.vodaPayTuning, // environment or baseUrl, and whatever is not left to its default
            clientId: environment.clientId,
            privateKey: environment.privateKey,
            vodapayPublicKey: environment.vodapayPublicKey,
            accounts, // your AccountDirectory
            linking: { policy: environment.linkingPolicy, merchantName: 'Corner Shop', proofSender, notifier },
          }),
        }),
      ],
    };
  }
}
