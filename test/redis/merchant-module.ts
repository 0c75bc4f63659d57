import { Controller, Get, HttpCode, Module, Param, Post, UseGuards, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import {
  AccountDirectory,
  VODAPAY_ENTITIES,
  VODAPAY_MIGRATIONS,
  VodaPayAuth,
  VodaPayAuthGuard,
  VodaPayModule,
  VodaPaySessionService,
  VodaPayUser,
  type VodaPayPrincipal,
  type VodaPayProfile,
} from 'nestjs-vodapay';
import { dataSourceFor } from '../databases/database-url.js';
import type { MerchantSettings } from './merchant-process.js';

/** Accounts that every process makes alike, so that none needs a table. */
class DerivedAccounts extends AccountDirectory {
  override async create(_profile: VodaPayProfile, { idempotencyKey }: { readonly idempotencyKey: string }) {
    return { id: `account-${idempotencyKey}` };
  }

  override async find() {
    return { state: 'active' as const, missing: [] };
  }
}

@Controller()
class MerchantController {
  constructor(private readonly sessions: VodaPaySessionService) {}

  @UseGuards(VodaPayAuthGuard)
  @VodaPayAuth({ credentials: ['authCode'] })
  @HttpCode(200)
  @Post('login')
  login(@VodaPayUser() user: VodaPayPrincipal) {
    return { accountId: user.accountId, token: user.session?.token, sessionId: user.session?.id };
  }

  @UseGuards(VodaPayAuthGuard)
  @Get('me')
  me(@VodaPayUser() user: VodaPayPrincipal) {
    return { accountId: user.accountId };
  }

  /** What the process holds, in bytes, after its garbage is collected. */
  @Get('memory')
  memory() {
    globalThis.gc?.();
    const { heapUsed, rss } = process.memoryUsage();
    return { heapUsed, rss };
  }

  @HttpCode(204)
  @Post('sessions/:id/end')
  end(@Param('id') id: string) {
    return this.sessions.end(id);
  }

  @HttpCode(204)
  @Post('accounts/:id/sessions/end')
  endAll(@Param('id') id: string) {
    return this.sessions.endSessions(id);
  }
}

/** What each process of the merchant runs: its servers, and a script beside them. */
@Module({ controllers: [MerchantController] })
export class MerchantModule {
  static async of({ databaseUrl, redis, ...wallet }: MerchantSettings): Promise<DynamicModule> {
    const dataSource = await dataSourceFor(databaseUrl, {
      entities: [...VODAPAY_ENTITIES],
      migrations: [...VODAPAY_MIGRATIONS],
    }).initialize();
    return {
      module: MerchantModule,
      imports: [
        TypeOrmModule.forRootAsync({ useFactory: () => dataSource.options, dataSourceFactory: async () => dataSource }),
        VodaPayModule.forRoot({
          ...wallet,
          accounts: new DerivedAccounts(),
          credentials: { accessToken: true },
          ...(redis === undefined ? {} : { coordination: { redis } }),
        }),
      ],
    };
  }
}
