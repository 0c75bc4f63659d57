import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshConsumer, type FreshConsumer } from './fresh-consumer.js';
import { startLocalWallet, type LocalWallet } from './local-wallet.js';

let wallet: LocalWallet;
beforeAll(async () => {
  wallet = await startLocalWallet();
});
afterAll(() => wallet?.stop());

const SIGNED_IN = {
  stranger: 401,
  login: { status: 200, outcome: 'created' },
  me: { status: 200, accountId: 'account-1' },
  linkedAccount: 'account-1',
  oneClass: true,
};

const linesOf = (path: string): number =>
  readFileSync(new URL(path, import.meta.url), 'utf8')
    .trimEnd()
    .split('\n').length;

/** What the consumer's program printed last. */
const lastLine = (output: string): unknown => JSON.parse(output.trim().split('\n').at(-1) ?? '');

describe.each([
  ['Nest 12, ES modules, TypeORM 1', 'nest-12-esm'],
  ['Nest 11, CommonJS, TypeORM 0.3', 'nest-11-commonjs'],
])('%s', (_title, template) => {
  let consumer: FreshConsumer;
  beforeAll(async () => {
    consumer = await freshConsumer(template);
  });
  afterAll(() => consumer?.remove());

  it('compiles against the types of the packed library', async () => {
    await consumer.npm(['run', 'build']);
  });

  it('signs a user in, links an account, and has one class for import and require', async () => {
    expect(lastLine(await consumer.npm(['run', '--silent', 'sign-in'], wallet.environment))).toMatchObject(SIGNED_IN);
  });

  it('has the program nestjs-vodapay, whose doctor finds its set-up in order', async () => {
    const report = await consumer.npm(['exec', '--', 'nestjs-vodapay', 'doctor', '--json'], wallet.environment);
    expect(lastLine(report)).toMatchObject({ ok: true });
  });

  it('is tested by Jest or Vitest, with nestjs-vodapay/testing in under 20 lines', async () => {
    expect(linesOf('consumers/shared/kit.spec.ts')).toBeLessThan(20);
    await consumer.npm(['test', '--silent'], wallet.environment);
  });
});
