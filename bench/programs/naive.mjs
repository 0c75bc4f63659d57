// The same work as it is usually written in Nest: HttpModule as it comes, PEM texts into every call, findOne and save.
import 'reflect-metadata';
import { createSign, createVerify, generateKeyPairSync } from 'node:crypto';
import { HttpModule, HttpService } from '@nestjs/axios';
import { Controller, Get, Inject, Module, Req, UseGuards } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { getRepositoryToken, TypeOrmModule } from '@nestjs/typeorm';
import { firstValueFrom } from 'rxjs';
import { EntitySchema } from 'typeorm';
import { beMeasured } from './be-measured.mjs';

const { clientId, walletUrl, walletKey, databaseUrl } = JSON.parse(process.argv[2]);
const PATH = '/v2/customers/user/inquiryUserInfo';
const privateKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({
  format: 'pem',
  type: 'pkcs8',
});
const Link = new EntitySchema({
  name: 'NaiveLink',
  tableName: 'naive_link',
  columns: {
    id: { type: Number, primary: true, generated: true },
    userId: { type: String, unique: true },
    accountId: { type: String },
    lastLoginAt: { type: 'timestamptz' },
  },
});

class NaiveGuard {
  constructor(http, links) {
    Object.assign(this, { http, links });
  }

  async canActivate(context) {
    const request = context.switchToHttp().getRequest();
    const { userId } = await this.inquire(request.headers.authorization.slice('Bearer '.length));
    const link =
      (await this.links.findOne({ where: { userId } })) ??
      this.links.create({ userId, accountId: `account-${userId}` });
    link.lastLoginAt = new Date();
    request.user = await this.links.save(link);
    return true;
  }

  async inquire(accessToken) {
    const body = JSON.stringify({ authClientId: clientId, accessToken });
    const time = new Date().toISOString();
    const signature = createSign('RSA-SHA256')
      .update(`POST ${PATH}\n${clientId}.${time}.${body}`)
      .sign(privateKey, 'base64');
    const headers = {
      'Content-Type': 'application/json',
      'Client-Id': clientId,
      'Request-Time': time,
      Signature: `algorithm=RSA256, keyVersion=1, signature=${signature}`,
    };
    const options = { headers, transformResponse: (text) => text };
    const answer = await firstValueFrom(this.http.post(walletUrl + PATH, body, options));
    const sent = answer.headers.signature.split('signature=')[1];
    const content = `POST ${PATH}\n${clientId}.${answer.headers['response-time']}.${answer.data}`;
    if (!createVerify('RSA-SHA256').update(content).verify(walletKey, sent, 'base64')) throw new Error('forged');
    return JSON.parse(answer.data).userInfo;
  }
}
Inject(HttpService)(NaiveGuard, undefined, 0);
Inject(getRepositoryToken(Link))(NaiveGuard, undefined, 1);

class NaiveController {
  me(request) {
    return { accountId: request.user.accountId };
  }
}
Req()(NaiveController.prototype, 'me', 0);
Reflect.decorate(
  [Get('me'), UseGuards(NaiveGuard)],
  NaiveController.prototype,
  'me',
  Object.getOwnPropertyDescriptor(NaiveController.prototype, 'me'),
);
Reflect.decorate([Controller()], NaiveController);

class NaiveModule {}
const database = { type: 'postgres', url: databaseUrl, poolSize: 16, entities: [Link], synchronize: true };
const imports = [HttpModule, TypeOrmModule.forRoot(database), TypeOrmModule.forFeature([Link])];
Reflect.decorate([Module({ imports, controllers: [NaiveController], providers: [NaiveGuard] })], NaiveModule);

const app = await NestFactory.create(NaiveModule, { logger: ['error'] });
await app.listen(0, '127.0.0.1');
beMeasured(await app.getUrl());
