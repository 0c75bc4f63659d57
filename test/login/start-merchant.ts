import { generateKeyPairSync } from 'node:crypto';
import { Controller, Get, HttpCode, Post, UseGuards, type INestApplication, type ModuleMetadata } from '@nestjs/common';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { TypeOrmModule } from '@nestjs/typeorm';
import {
  VODAPAY_ENTITIES,
  VODAPAY_MIGRATIONS,
  VodaPayAuth,
  VodaPayAuthGuard,
  VodaPayInquiryService,
  VodaPayModule,
  VodaPayUser,
  type VodaPayModuleOptions,
  type VodaPayPrincipal,
} from 'nestjs-vodapay';
import { DataSource, type Logger } from 'typeorm';
import { startWallet, type RunningWallet, type WalletOptions } from '../../apps/wallet/src/start-wallet.js';
import { VODAPAY_CLOCK, VODAPAY_MONOTONIC_CLOCK } from '../../libs/vodapay/src/vodapay.tokens.js';
import { openDatabase, type DatabaseKind } from '../databases/open-database.js';
import { recordSecret } from '../leaks/record-secret.js';
import { MemoryAccounts } from '../linking/memory-accounts.js';
import { sendJson, type Answer } from './send-json.js';

const BACKLOG = 2_048;

const CLIENT_ID = '2021072700000000000001';

export interface MerchantSetUp {
  readonly database?: DatabaseKind;
  readonly platform?: 'express' | 'fastify';
  /** Sees every statement. */
  readonly logger?: Logger;
  readonly options?: Partial<VodaPayModuleOptions>;
  /** The clock of circuits, queues and budgets. Default: the process' own. */
  readonly monotonicMs?: () => number;
  readonly wallet?: Partial<WalletOptions>;
  /** What the application is made of besides the merchant's own controller. */
  readonly module?: ModuleMetadata;
  /** Called before the application listens. */
  readonly prepare?: (app: INestApplication) => void | Promise<void>;
}

/** A merchant's application, listening, with its wallet, its database and a clock that both share. */
export interface Merchant {
  readonly url: string;
  readonly app: INestApplication;
  readonly wallet: RunningWallet;
  readonly accounts: MemoryAccounts;
  readonly dataSource: DataSource;
  readonly clock: { now: number };
  readonly inquiry: VodaPayInquiryService;
  request(method: 'GET' | 'POST', path: string, init?: { body?: unknown; bearer?: string }): Promise<Answer>;
  /** Signs the user in with a new auth code. */
  login(userId: string, fault?: string, scopes?: readonly string[]): Promise<Answer>;
  /** The token of a new session. */
  signedIn(userId: string, scopes?: readonly string[]): Promise<string>;
  count(table: string): Promise<number>;
  close(): Promise<void>;
}

@Controller()
class MerchantController {
  @UseGuards(VodaPayAuthGuard)
  @VodaPayAuth({ credentials: ['authCode'] })
  @HttpCode(200)
  @Post('login')
  login(@VodaPayUser() user: VodaPayPrincipal) {
    return { accountId: user.accountId, outcome: user.outcome, token: user.session?.token, missing: user.missing };
  }

  @UseGuards(VodaPayAuthGuard)
  @VodaPayAuth({ credentials: ['session'], revalidate: false })
  @Get('leave')
  leave(@VodaPayUser('session') session: VodaPayPrincipal['session']) {
    return { sessionId: session?.id };
  }

  @UseGuards(VodaPayAuthGuard)
  @Get('me')
  me(@VodaPayUser() user: VodaPayPrincipal, @VodaPayUser('accountId') accountId: string) {
    return { ...user, accountIdByName: accountId };
  }
}

export async function startMerchant(setUp: MerchantSetUp = {}): Promise<Merchant> {
  const clock = { now: Date.now() };
  const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = keys.privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
  recordSecret('private key', pem);
  const wallet = await startWallet({
    clientId: CLIENT_ID,
    merchantPublicKey: keys.publicKey,
    now: () => clock.now,
    slowMs: 1_000,
    ...setUp.wallet,
  });
  const tables = { entities: [...VODAPAY_ENTITIES], migrations: [...VODAPAY_MIGRATIONS] };
  const logged = setUp.logger === undefined ? tables : { ...tables, logger: setUp.logger };
  const database = await openDatabase(setUp.database ?? 'sqlite', logged);
  const accounts = new MemoryAccounts();
  const app = await startApp(setUp, database.dataSource, clock, {
    baseUrl: wallet.url,
    clientId: CLIENT_ID,
    privateKey: pem,
    vodapayPublicKey: wallet.publicKey,
    accounts,
    ...setUp.options,
  }).catch(async (error: unknown) => {
    await wallet.stop();
    await database.close();
    throw error;
  });
  const url = await app.getUrl();
  const request: Merchant['request'] = (method, path, init) => sendJson(url + path, { method, ...init });
  const login: Merchant['login'] = (userId, fault, scopes) => {
    const spoilt = fault === undefined ? {} : { fault };
    const authCode = wallet.issueCode({ userId, ...spoilt, ...(scopes === undefined ? {} : { scopes }) });
    return request('POST', '/login', { body: { authCode: recordSecret('auth code', authCode) } });
  };
  return {
    url,
    app,
    wallet,
    accounts,
    dataSource: database.dataSource,
    clock,
    inquiry: app.get(VodaPayInquiryService, { strict: false }),
    request,
    login,
    signedIn: async (userId, scopes) => {
      const { status, body } = await login(userId, undefined, scopes);
      if (typeof body['token'] !== 'string') throw new Error(`The login answered ${status} ${String(body['code'])}`);
      return recordSecret('session token', body['token']);
    },
    count: async (table) => {
      const rows: readonly { readonly count: string | number }[] = await database.dataSource.query(
        `SELECT count(*) AS count FROM ${table}`,
      );
      return Number(rows[0]?.count);
    },
    close: async () => {
      await app.close();
      await wallet.stop();
      await database.close();
    },
  };
}

async function startApp(
  { platform = 'express', module = {}, prepare, monotonicMs = () => performance.now() }: MerchantSetUp,
  dataSource: DataSource,
  clock: { readonly now: number },
  options: VodaPayModuleOptions,
): Promise<INestApplication> {
  const testing = await Test.createTestingModule({
    imports: [
      TypeOrmModule.forRootAsync({ useFactory: () => dataSource.options, dataSourceFactory: async () => dataSource }),
      VodaPayModule.forRoot({ ...options, isGlobal: true }),
      ...(module.imports ?? []),
    ],
    controllers: [MerchantController, ...(module.controllers ?? [])],
    providers: module.providers ?? [],
  })
    .overrideProvider(VODAPAY_CLOCK)
    .useValue(() => clock.now)
    .overrideProvider(VODAPAY_MONOTONIC_CLOCK)
    .useValue(monotonicMs)
    .compile();
  const app =
    platform === 'fastify' ? testing.createNestApplication(new FastifyAdapter()) : testing.createNestApplication();
  await prepare?.(app);
  // More connections at once than node's own backlog of 511. Nest's types leave this form of `listen` to Fastify.
  await app.listen({ port: 0, host: '127.0.0.1', backlog: BACKLOG } as unknown as number);
  return app;
}
