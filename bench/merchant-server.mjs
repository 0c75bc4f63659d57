// The merchant that is measured, as a process of its own. Takes its set-up as JSON, tells its CPU time when asked.
import 'reflect-metadata';
import { generateKeyPairSync, sign } from 'node:crypto';
import { promisify } from 'node:util';
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

const { clientId, walletUrl, walletKey, databaseUrl } = JSON.parse(process.argv[2]);
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

const accounts = {
  create: async (_profile, { idempotencyKey }) => ({ id: idempotencyKey }),
  find: async () => ({ state: 'active', missing: [] }),
};

class BenchController {
  bare() {
    return { ok: true };
  }
  login(user) {
    return { accountId: user.accountId, token: user.session.token };
  }
  me(user) {
    return { accountId: user.accountId };
  }
}
const decorate = (decorators, name) =>
  Reflect.decorate(
    decorators,
    BenchController.prototype,
    name,
    Object.getOwnPropertyDescriptor(BenchController.prototype, name),
  );
decorate([Get('bare')], 'bare');
VodaPayUser()(BenchController.prototype, 'login', 0);
decorate(
  [Post('login'), HttpCode(200), UseGuards(VodaPayAuthGuard), VodaPayAuth({ credentials: ['authCode'] })],
  'login',
);
VodaPayUser()(BenchController.prototype, 'me', 0);
decorate([Get('me'), UseGuards(VodaPayAuthGuard)], 'me');
Reflect.decorate([Controller()], BenchController);

class BenchModule {}
Reflect.decorate(
  [
    Module({
      imports: [
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
          timeoutMs: 60_000,
        }),
      ],
      controllers: [BenchController],
    }),
  ],
  BenchModule,
);

const signAsync = promisify(sign);

/** CPU of one async RSA-2048 signature, in microseconds: the bound. */
async function signingCost(count) {
  const before = process.cpuUsage();
  let left = count;
  const worker = async () => {
    while (left-- > 0) await signAsync('sha256', Buffer.from(`content to sign ${left}`.repeat(10)), privateKey);
  };
  await Promise.all(Array.from({ length: 16 }, worker));
  const { user, system } = process.cpuUsage(before);
  return (user + system) / count;
}

const app = await NestFactory.create(BenchModule, { logger: ['error'] });
await app.listen(0, '127.0.0.1');
process.on('message', ({ ask, count }) => {
  const answer =
    ask === 'cpu' ? Promise.resolve(process.cpuUsage()) : signingCost(count).then((perSign) => ({ perSign }));
  answer.then((told) => process.send(told), console.error);
});
process.send({ url: await app.getUrl() });
