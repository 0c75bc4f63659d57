import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshConsumer, type FreshConsumer } from './fresh-consumer.js';
import { OTHER_NODES, otherNode } from './other-node.js';
import { stopDuringLogin } from './stopped-consumer.js';
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
  isLogged: true,
  overUndici: 0,
  oneClass: true,
};

const [, , NEWEST_NODE] = OTHER_NODES;
const OVER_UNDICI = { VODAPAY_TRANSPORT: 'undici' };

/**
 * Checking the types of all packages as well takes four times as long. It is done once for the declarations of the ES
 * modules and once for those of CommonJS.
 */
const OWN_TYPES_ONLY = { skipLibCheck: true };

const linesOf = (path: string): number =>
  readFileSync(new URL(path, import.meta.url), 'utf8')
    .trimEnd()
    .split('\n').length;

/** What the consumer's program printed last. */
const lastLine = (output: string): unknown => JSON.parse(output.trim().split('\n').at(-1) ?? '');

/** What every application can do: compile, sign in, be looked at by the doctor, be tested. */
function aConsumer(template: string, more: (consumer: () => FreshConsumer) => void): void {
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

  it('finishes the login in flight when SIGTERM comes, and then nothing keeps the process alive', async () => {
    expect(await stopDuringLogin(consumer, wallet)).toMatchObject({
      login: { status: 200, body: { outcome: 'created' } },
      signal: 'SIGTERM',
    });
  });

  more(() => consumer);
}

describe('Nest 12, TypeORM 1', () => {
  aConsumer('nest-12', (consumer) => {
    it('signed in without these optional peers, as none is installed', () => {
      const optional = ['@opentelemetry/api', '@nestjs/swagger', '@nestjs/websockets', '@nestjs/microservices'];
      expect(optional.filter((name) => existsSync(join(consumer().folder, 'node_modules', name)))).toEqual([]);
    });

    it('signs a user in from CommonJS too', async () => {
      const output = await consumer().node(process.execPath, 'commonjs/dist/main.js', wallet.environment);
      expect(lastLine(output)).toMatchObject(SIGNED_IN);
    });

    it.each(OTHER_NODES)('signs a user in on Node %s, from ES modules and from CommonJS', async (version) => {
      const node = await otherNode(version);
      for (const program of ['dist/main.js', 'commonjs/dist/main.js']) {
        const output = await consumer().node(node, program, wallet.environment);
        expect(lastLine(output)).toMatchObject({ ...SIGNED_IN, node: `v${version}` });
      }
    });

    it.each([process.version.slice(1), NEWEST_NODE])(
      'signs a user in over undici on Node %s, from ES modules and from CommonJS',
      async (version) => {
        const node = version === NEWEST_NODE ? await otherNode(version) : process.execPath;
        for (const program of ['dist/main.js', 'commonjs/dist/main.js']) {
          const output = await consumer().node(node, program, { ...wallet.environment, ...OVER_UNDICI });
          expect(lastLine(output)).toMatchObject({ ...SIGNED_IN, overUndici: 2, node: `v${version}` });
        }
      },
    );

    it.each([
      ['nodenext', { module: 'nodenext' }],
      ['node16', { module: 'node16', moduleResolution: 'node16', ...OWN_TYPES_ONLY }],
      ['bundler', { module: 'esnext', moduleResolution: 'bundler', ...OWN_TYPES_ONLY }],
      ['commonjs', { module: 'commonjs', moduleResolution: 'bundler', ...OWN_TYPES_ONLY }],
      ['node10', { module: 'commonjs', moduleResolution: 'node10', ignoreDeprecations: '6.0', ...OWN_TYPES_ONLY }],
    ])('compiles in strict mode under %s', async (_title, options) => {
      await consumer().compile(options);
    });
  });
});

describe('Nest 11, CommonJS, TypeORM 0.3', () => {
  aConsumer('nest-11', (consumer) => {
    it('compiles in strict mode under node10', async () => {
      await consumer().compile({ module: 'commonjs', moduleResolution: 'node10' });
    });

    it.each([
      ['CommonJS', () => process.execPath],
      // It gives the ES modules to a `require` too.
      ['ES modules', () => otherNode(NEWEST_NODE)],
    ])('does not start over undici when that is not installed, and says what to install (%s)', async (_build, node) => {
      const started = consumer().node(await node(), 'dist/main.js', { ...wallet.environment, ...OVER_UNDICI });
      await expect(started).rejects.toThrow(
        'TypeError: VodaPayModule: option http.transport "undici" needs the package undici: npm install undici@7',
      );
    });
  });
});
