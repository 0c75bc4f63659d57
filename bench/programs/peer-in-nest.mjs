// Decorated by hand, because node takes no decorators.
import 'reflect-metadata';
import { Controller, Get, Module, Req, UseGuards } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { beMeasured } from './be-measured.mjs';
import { PeerAccounts } from './peer-accounts.mjs';

/**
 * Where a Nest team has a peer: behind a guard, on Nest's defaults. `GET route` answers with the user that the guard found.
 * With `databaseUrl`, `PeerAccounts` can be injected. `mounted`: a path and the peer's own handler, which reads bodies by itself.
 */
export async function peerInNest({ databaseUrl, route = 'me', guard, providers = [], mounted }) {
  const database = databaseUrl === undefined ? {} : accountsIn(databaseUrl);
  class PeerModule {}
  Reflect.decorate(
    [
      Module({
        imports: database.imports,
        controllers: [guardedController(route, guard)],
        providers: [...(database.providers ?? []), ...providers],
      }),
    ],
    PeerModule,
  );
  const app = await NestFactory.create(PeerModule, { logger: ['error'], bodyParser: mounted === undefined });
  if (mounted !== undefined) app.getHttpAdapter().all(mounted.path, mounted.handler);
  await app.listen(0, '127.0.0.1');
  beMeasured(await app.getUrl());
}

function accountsIn(databaseUrl) {
  const { entities } = PeerAccounts;
  const database = { type: 'postgres', url: databaseUrl, poolSize: 16, entities, synchronize: true };
  return { imports: [TypeOrmModule.forRoot(database), TypeOrmModule.forFeature(entities)], providers: [PeerAccounts] };
}

function guardedController(route, guard) {
  class PeerController {
    user(request) {
      return request.user;
    }
  }
  const { prototype } = PeerController;
  Req()(prototype, 'user', 0);
  Reflect.decorate(
    [Get(route), UseGuards(guard)],
    prototype,
    'user',
    Object.getOwnPropertyDescriptor(prototype, 'user'),
  );
  Reflect.decorate([Controller()], PeerController);
  return PeerController;
}
