import { generateKeyPairSync } from 'node:crypto';
import { Controller, Get, HttpCode, Post, UseGuards, type INestApplication } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { TypeOrmModule } from '@nestjs/typeorm';
import {
  getVodaPayAccountLinkRepositoryToken,
  getVodaPayInquiryToken,
  getVodaPayLinkingToken,
  getVodaPayLoginToken,
  getVodaPaySessionToken,
  getVodaPaySocketToken,
  getVodaPayStrategyToken,
  VODAPAY_ENTITIES,
  VODAPAY_MIGRATIONS,
  VodaPayAuth,
  VodaPayAuthGuard,
  VodaPayModule,
  VodaPayUser,
  type VodaPayModuleOptions,
  type VodaPayPrincipal,
} from 'nestjs-vodapay';
import type { DataSource } from 'typeorm';
import { startWallet, type RunningWallet } from '../../apps/wallet/src/start-wallet.js';
import { openDatabase } from '../databases/open-database.js';
import { recordSecret } from '../leaks/record-secret.js';
import { MemoryAccounts } from '../linking/memory-accounts.js';
import { sendJson, type Answer } from '../login/send-json.js';

const ShopGuard = VodaPayAuthGuard('shop');

const shown = (user: VodaPayPrincipal) => ({ ...user, token: user.session?.token });

@Controller()
class MainController {
  @UseGuards(VodaPayAuthGuard)
  @VodaPayAuth({ credentials: ['authCode'] })
  @HttpCode(200)
  @Post('main/login')
  login(@VodaPayUser() user: VodaPayPrincipal) {
    return shown(user);
  }

  @UseGuards(VodaPayAuthGuard)
  @Get('main/me')
  me(@VodaPayUser() user: VodaPayPrincipal) {
    return user;
  }
}

@Controller()
class ShopController {
  @UseGuards(ShopGuard)
  @VodaPayAuth({ credentials: ['authCode'] })
  @HttpCode(200)
  @Post('shop/login')
  login(@VodaPayUser() user: VodaPayPrincipal) {
    return shown(user);
  }

  @UseGuards(VodaPayAuthGuard('shop'))
  @Get('shop/me')
  me(@VodaPayUser() user: VodaPayPrincipal) {
    return user;
  }
}

export const NAMES = ['main', 'shop'] as const;
export type InstanceName = (typeof NAMES)[number];

/** What gives the injection token of each part of an instance. */
export const TOKENS = [
  getVodaPayStrategyToken,
  getVodaPayAccountLinkRepositoryToken,
  getVodaPayInquiryToken,
  getVodaPayLinkingToken,
  getVodaPayLoginToken,
  getVodaPaySessionToken,
  getVodaPaySocketToken,
];

/** One application with a default instance ("main") and one named "shop": two mini programs, each with its own wallet. */
export interface TwoInstances {
  readonly app: INestApplication;
  readonly wallets: Readonly<Record<InstanceName, RunningWallet>>;
  readonly dataSource: DataSource;
  /** What is injected by the tokens of the instance, in the order of TOKENS. */
  parts(instance: InstanceName): readonly unknown[];
  login(instance: InstanceName, authCode: string): Promise<Answer>;
  /** Signs the user in; the session token. */
  signedIn(instance: InstanceName, userId: string): Promise<string>;
  me(instance: InstanceName, bearer: string): Promise<Answer>;
  close(): Promise<void>;
}

/** Options by instance, over those that make it work. */
export type InstanceOptions = Partial<Record<InstanceName, Partial<VodaPayModuleOptions>>>;

export async function startTwoInstances(options: InstanceOptions = {}): Promise<TwoInstances> {
  const [main, shop] = await Promise.all([
    newInstance('2021072700000000000001'),
    newInstance('2021072700000000000002'),
  ]);
  const tables = { entities: [...VODAPAY_ENTITIES], migrations: [...VODAPAY_MIGRATIONS] };
  const { dataSource, close } = await openDatabase('sqlite', tables);
  const accounts = new MemoryAccounts();
  const testing = await Test.createTestingModule({
    imports: [
      TypeOrmModule.forRootAsync({ useFactory: () => dataSource.options, dataSourceFactory: async () => dataSource }),
      VodaPayModule.forRoot({ ...main.options, accounts, ...options.main }),
      VodaPayModule.forRootAsync({ name: 'shop', useFactory: () => ({ ...shop.options, accounts, ...options.shop }) }),
    ],
    controllers: [MainController, ShopController],
    providers: NAMES.map((name) => ({
      provide: `parts of ${name}`,
      useFactory: (...parts: unknown[]) => parts,
      inject: TOKENS.map((tokenOf) => tokenOf(name === 'main' ? undefined : name)),
    })),
  }).compile();
  const app = testing.createNestApplication();
  await app.listen(0, '127.0.0.1');
  const url = await app.getUrl();
  const wallets = { main: main.wallet, shop: shop.wallet };
  const login: TwoInstances['login'] = (instance, authCode) =>
    sendJson(`${url}/${instance}/login`, { method: 'POST', body: { authCode: recordSecret('auth code', authCode) } });
  return {
    app,
    wallets,
    dataSource,
    parts: (instance) => app.get<readonly unknown[]>(`parts of ${instance}`),
    login,
    signedIn: async (instance, userId) => {
      const { body } = await login(instance, wallets[instance].issueCode({ userId }));
      return recordSecret('session token', String(body['token']));
    },
    me: (instance, bearer) => sendJson(`${url}/${instance}/me`, { method: 'GET', bearer }),
    close: async () => {
      await app.close();
      await Promise.all([main.wallet.stop(), shop.wallet.stop()]);
      await close();
    },
  };
}

async function newInstance(clientId: string) {
  const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const wallet = await startWallet({ clientId, merchantPublicKey: keys.publicKey });
  const privateKey = recordSecret('private key', keys.privateKey.export({ format: 'pem', type: 'pkcs8' }).toString());
  return { wallet, options: { baseUrl: wallet.url, clientId, privateKey, vodapayPublicKey: wallet.publicKey } };
}
