import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { MerchantModule } from '../merchant-module.js';
import type { MerchantSettings } from '../merchant-process.js';

const merchant = await MerchantModule.of(JSON.parse(process.argv[2] ?? '') as MerchantSettings);
const app = await NestFactory.create(merchant, { logger: ['error', 'warn', 'log'] });
app.enableShutdownHooks(['SIGTERM']);
// A client that takes up a kept connection again must not meet its end.
Object.assign(app.getHttpServer() as object, { keepAliveTimeout: 120_000 });
// More connections at once than node's own backlog of 511. Nest's types leave this form of `listen` to Fastify.
await app.listen({ port: 0, host: '127.0.0.1', backlog: 2_048 } as unknown as number);
process.stdout.write(`${await app.getUrl()}\n`);
