import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.js';

/** The application as an operator runs it, until SIGTERM. Prints its address. */
async function main(): Promise<void> {
  const app = await NestFactory.create(AppModule, { logger: ['error'] });
  app.enableShutdownHooks();
  await app.listen(0, '127.0.0.1');
  console.log(await app.getUrl());
}

void main();
