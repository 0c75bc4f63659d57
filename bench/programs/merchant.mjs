// Our library in a Nest application on Express or Fastify, as a merchant would have it.
import 'reflect-metadata';
import { Controller, Get, HttpCode, Module, Post, UseGuards } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import {
  VODAPAY_ENTITIES,
  VODAPAY_MIGRATIONS,
  VodaPayAuth,
  VodaPayAuthGuard,
  VodaPayModule,
  VodaPayUser,
} from 'nestjs-vodapay';
import { beMeasured } from './be-measured.mjs';
import { rsaSign } from './rsa-sign.mjs';

const { clientId, walletUrl, walletKey, databaseUrl, platform, transport = 'node' } = JSON.parse(process.argv[2]);
const { privateKey, sign } = rsaSign();

const accounts = {
  create: async (_profile, { idempotencyKey }) => ({ id: idempotencyKey }),
  find: async () => ({ state: 'active', missing: [] }),
};

class BenchController {
  bare() {
    return { ok: true };
  }
  openGuard() {
    return { ok: true };
  }
  login(user) {
    return { accountId: user.accountId, token: user.session.token };
  }
  me(user) {
    return { accountId: user.accountId };
  }
}
const decorate = (name, ...decorators) =>
  Reflect.decorate(
    decorators,
    BenchController.prototype,
    name,
    Object.getOwnPropertyDescriptor(BenchController.prototype, name),
  );
decorate('bare', Get('bare'));
decorate('openGuard', Get('open-guard'), UseGuards({ canActivate: () => true }));
VodaPayUser()(BenchController.prototype, 'login', 0);
decorate(
  'login',
  Post('login'),
  HttpCode(200),
  UseGuards(VodaPayAuthGuard),
  VodaPayAuth({ credentials: ['authCode'] }),
);
VodaPayUser()(BenchController.prototype, 'me', 0);
decorate('me', Get('me'), UseGuards(VodaPayAuthGuard));
Reflect.decorate([Controller()], BenchController);

class BenchModule {}
const imports = [
  TypeOrmModule.forRoot({
    type: 'postgres',
    url: databaseUrl,
    poolSize: 16,
    entities: [...VODAPAY_ENTITIES],
    migrations: [...VODAPAY_MIGRATIONS],
    migrationsRun: true,
  }),
  VodaPayModule.forRoot({
    isGlobal: true,
    baseUrl: walletUrl,
    clientId,
    privateKey: privateKey.export({ format: 'pem', type: 'pkcs8' }),
    vodapayPublicKey: walletKey,
    accounts,
    credentials: { accessToken: true },
    http: { transport },
    timeoutMs: 60_000,
    // The answers were signed when the run began.
    responseTimeToleranceMs: 3_600_000,
  }),
];
Reflect.decorate([Module({ imports, controllers: [BenchController] })], BenchModule);

const app = await NestFactory.create(BenchModule, ...(await adapterOf(platform)), { logger: ['error'] });
await app.listen(0, '127.0.0.1');
beMeasured(await app.getUrl(), { sign });

async function adapterOf(name) {
  if (name === 'express') return [];
  const { FastifyAdapter } = await import('@nestjs/platform-fastify');
  return [new FastifyAdapter()];
}
