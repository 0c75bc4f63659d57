import { generateKeyPairSync } from 'node:crypto';
import { Test } from '@nestjs/testing';
import { TypeOrmModule } from '@nestjs/typeorm';
import libsql from 'libsql';
import { VODAPAY_MIGRATIONS, VodaPayModule } from 'nestjs-vodapay';
import { describe, expect, it } from 'vitest';
import { MemoryAccounts } from '../linking/memory-accounts.js';

const pair = () =>
  generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });

describe('a DataSource without VODAPAY_ENTITIES stops the start with a TypeError that says so', () => {
  it.each([
    ['when the application runs the migrations by itself', {}],
    ['when TypeORM runs them while it connects', { migrations: [...VODAPAY_MIGRATIONS], migrationsRun: true }],
  ])('%s', async (_, migrations) => {
    const starting = Test.createTestingModule({
      imports: [
        TypeOrmModule.forRoot({
          ...migrations,
          type: 'better-sqlite3',
          driver: libsql,
          database: ':memory:',
          entities: [],
          retryAttempts: 1,
        }),
        VodaPayModule.forRoot({
          environment: 'sandbox',
          clientId: '2021072700000000000001',
          privateKey: pair().privateKey,
          vodapayPublicKey: pair().publicKey,
          accounts: new MemoryAccounts(),
        }),
      ],
    }).compile();

    await expect(starting).rejects.toThrow(TypeError);
    await expect(starting).rejects.toThrow(/add VODAPAY_ENTITIES to this DataSource's entities/);
  });
});
