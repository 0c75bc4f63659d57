import 'reflect-metadata';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { Controller, Get, HttpCode, Injectable, Module, Post, UseGuards } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import libsql from 'libsql';
import {
  AccountDirectory,
  VODAPAY_ENTITIES,
  VODAPAY_MIGRATIONS,
  VodaPayAccountLinkRepository,
  VodaPayAuth,
  VodaPayAuthGuard,
  VodaPayModule,
  VodaPayUser,
} from 'nestjs-vodapay';
import type { AccountStatus, VodaPayPrincipal } from 'nestjs-vodapay';

@Injectable()
export class Accounts extends AccountDirectory {
  private readonly ids = new Map<string, string>();

  override async create(_profile: unknown, { idempotencyKey }: { readonly idempotencyKey: string }) {
    const id = this.ids.get(idempotencyKey) ?? `account-${this.ids.size + 1}`;
    this.ids.set(idempotencyKey, id);
    return { id };
  }

  override async find(id: string): Promise<AccountStatus | undefined> {
    return [...this.ids.values()].includes(id) ? { state: 'active', missing: [] } : undefined;
  }
}

@Module({ providers: [Accounts], exports: [Accounts] })
class AccountsModule {}

@Controller()
@UseGuards(VodaPayAuthGuard)
class MeController {
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
}

function variable(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new TypeError(`${name} is not set`);
  return value;
}

@Module({
  imports: [
    TypeOrmModule.forRoot({
      type: 'better-sqlite3',
      driver: libsql,
      database: variable('DATABASE_FILE'),
      entities: [...VODAPAY_ENTITIES],
      migrations: [...VODAPAY_MIGRATIONS],
      migrationsRun: true,
    }),
    VodaPayModule.forRootAsync({
      isGlobal: true,
      imports: [AccountsModule],
      inject: [Accounts],
      useFactory: (accounts: Accounts) => ({
        baseUrl: variable('VODAPAY_BASE_URL'),
        clientId: variable('VODAPAY_CLIENT_ID'),
        privateKey: variable('VODAPAY_PRIVATE_KEY'),
        vodapayPublicKey: variable('VODAPAY_PUBLIC_KEY'),
        accounts,
        ...(process.env['VODAPAY_TRANSPORT'] === 'undici' && { http: { transport: 'undici' as const } }),
      }),
    }),
  ],
  controllers: [MeController],
})
export class AppModule {}

export interface SignIn {
  readonly stranger: number;
  readonly login: { readonly status: number; readonly outcome: string };
  readonly me: { readonly status: number; readonly accountId: string; readonly userId: string };
  readonly linkedAccount: string | null | undefined;
  /** Whether the application's own logger was told of the new link. */
  readonly isLogged: boolean;
  /** Calls to the wallet that undici has sent. */
  readonly overUndici: number;
}

/** Starts the application, signs a user in over HTTP, asks a guarded route who he is, and stops again. */
export async function signIn(userId: string): Promise<SignIn> {
  const app = await NestFactory.create(AppModule, { logger: ['error', 'warn'] });
  const lines: string[] = [];
  const take = (line: unknown): void => void lines.push(String(line));
  app.useLogger({ log: take, warn: take, error: take });
  await app.listen(0, '127.0.0.1');
  let overUndici = 0;
  const count = (message: unknown): void => {
    const { request } = message as { readonly request: { readonly origin: string } };
    if (request.origin === variable('VODAPAY_BASE_URL')) overUndici += 1;
  };
  subscribe('undici:client:sendHeaders', count);
  try {
    const url = await app.getUrl();
    const stranger = await fetch(`${url}/me`);
    const code = await post(`${variable('WALLET_CONTROL_URL')}/codes`, { userId });
    const login = await post(`${url}/login`, await code.json());
    const { token, outcome } = (await login.json()) as { token: string; outcome: string };
    const me = await fetch(`${url}/me`, { headers: { authorization: `Bearer ${token}` } });
    const user = (await me.json()) as VodaPayPrincipal;
    const link = await app
      .get(VodaPayAccountLinkRepository, { strict: false })
      .findByIdentity({ namespace: user.namespace, userId: user.userId });
    return {
      stranger: stranger.status,
      login: { status: login.status, outcome },
      me: { status: me.status, accountId: user.accountId, userId: user.userId },
      linkedAccount: link?.accountId,
      isLogged: lines.some((line) => line.includes('vodapay.link.changed')),
      overUndici,
    };
  } finally {
    unsubscribe('undici:client:sendHeaders', count);
    await app.close();
  }
}

function post(url: string, body: unknown): Promise<Response> {
  return fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
}
