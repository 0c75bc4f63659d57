import { Controller, Get, HttpCode, Injectable, Module, Post, UseGuards } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import libsql from 'libsql';
import {
  AccountDirectory,
  RequireCompleteProfile,
  VODAPAY_ENTITIES,
  VODAPAY_MIGRATIONS,
  VodaPayAuth,
  VodaPayAuthGuard,
  VodaPayModule,
  VodaPayUser,
  type AccountStatus,
  type VodaPayPrincipal,
  type VodaPayProfile,
} from 'nestjs-vodapay';

@Injectable()
export class Accounts extends AccountDirectory {
  readonly profiles = new Map<string, VodaPayProfile>();

  override async create(profile: VodaPayProfile, { idempotencyKey }: { readonly idempotencyKey: string }) {
    this.profiles.set(idempotencyKey, profile);
    return { id: idempotencyKey };
  }

  override async find(id: string): Promise<AccountStatus | undefined> {
    return this.profiles.has(id) ? { state: 'active', missing: [] } : undefined;
  }
}

@Module({ providers: [Accounts], exports: [Accounts] })
export class AccountsModule {}

@Controller()
@UseGuards(VodaPayAuthGuard)
export class MeController {
  @Post('login')
  @HttpCode(200)
  @VodaPayAuth({ credentials: ['authCode'] })
  login(@VodaPayUser() user: VodaPayPrincipal) {
    return { token: user.session?.token, outcome: user.outcome };
  }

  @Get('me')
  me(@VodaPayUser() user: VodaPayPrincipal) {
    return user;
  }

  @Get('greeting')
  @VodaPayAuth({ optional: true })
  greeting(@VodaPayUser() user: VodaPayPrincipal | undefined) {
    return { hello: user?.userId ?? 'stranger' };
  }

  @Get('orders')
  @RequireCompleteProfile()
  orders() {
    return [];
  }
}

/** What a merchant has: options from an environment that no test has, keys in a file, another host. */
function option(name: string): string {
  throw new TypeError(`${name} is not set`);
}

@Module({
  imports: [
    TypeOrmModule.forRoot({
      type: 'better-sqlite3',
      driver: libsql,
      database: ':memory:',
      entities: [...VODAPAY_ENTITIES],
      migrations: [...VODAPAY_MIGRATIONS],
      migrationsRun: true,
    }),
    VodaPayModule.forRootAsync({
      isGlobal: true,
      imports: [AccountsModule],
      inject: [Accounts],
      useFactory: (accounts: Accounts) => ({
        environment: 'production',
        clientId: option('VODAPAY_CLIENT_ID'),
        privateKey: option('VODAPAY_PRIVATE_KEY'),
        vodapayPublicKey: option('VODAPAY_PUBLIC_KEY'),
        accounts,
      }),
    }),
  ],
  controllers: [MeController],
})
export class AppModule {}
