import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freePort } from '../programs/free-port.js';
import { startLoopbackRegistry, type LoopbackRegistry } from './loopback-registry.js';
import { runScript, runToEnd, untilItAnswers } from './programs.js';

const USER_ENTITY = `import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

@Entity()
export class User {
  @PrimaryGeneratedColumn()
  id: number;

  @Column({ type: 'varchar' })
  name: string;

  @Column({ type: 'boolean', default: true })
  isActive: boolean;
}
`;

const MIGRATION = `import type { QueryRunner } from 'typeorm';

export class CreateUser1763800000000 {
  name = 'CreateUser1763800000000';
  up = (runner: QueryRunner) =>
    runner.query('CREATE TABLE user (id integer PRIMARY KEY AUTOINCREMENT, name varchar NOT NULL, isActive boolean DEFAULT 1)');
  down = (runner: QueryRunner) => runner.query('DROP TABLE user');
}
`;

const APP_MODULE = `import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import libsql from 'libsql';
import { CreateUser1763800000000 } from './create-user.migration';
import { User } from './user.entity';

@Module({
  imports: [
    TypeOrmModule.forRoot({
      type: 'better-sqlite3',
      driver: libsql,
      database: ':memory:',
      entities: [User],
      migrations: [CreateUser1763800000000],
      migrationsRun: true,
    }),
  ],
})
export class AppModule {}
`;

/** An application with users of its own, whose ids the database makes. */
function addUsers(folder: string): void {
  writeFileSync(join(folder, 'src/user.entity.ts'), USER_ENTITY);
  writeFileSync(join(folder, 'src/create-user.migration.ts'), MIGRATION);
  writeFileSync(join(folder, 'src/app.module.ts'), APP_MODULE);
}

interface FreshApplication {
  /** Major version of the Nest CLI that makes it. */
  readonly cli: '11' | '12';
  readonly hasUsers: boolean;
}

/** What `nest add nestjs-vodapay` does to an application of `nest new`, and that the result signs users in. */
export function nestAddContract({ cli, hasUsers }: FreshApplication): void {
  let registry: LoopbackRegistry;
  let parent: string;
  let folder: string;
  const run = (script: string): Promise<string> => runToEnd(script, folder, registry.environment);

  beforeAll(async () => {
    registry = await startLoopbackRegistry();
    parent = mkdtempSync(join(tmpdir(), 'nest-add-'));
    folder = join(parent, 'shop');
    await runToEnd(
      `npx -y @nestjs/cli@${cli} new shop --package-manager npm --skip-git --skip-install`,
      parent,
      registry.environment,
    );
    if (hasUsers) addUsers(folder);
    await run(`npm install --loglevel error nestjs-vodapay ${hasUsers ? 'libsql@0.5' : ''}`);
  });
  afterAll(async () => {
    await registry?.stop();
    rmSync(parent, { recursive: true, force: true });
  });

  it('--dry-run writes nothing', async () => {
    const untouched = fingerprint(folder);
    expect(await run('npx nest add nestjs-vodapay --skip-install --dry-run')).toContain('vodapay-accounts.ts');
    expect(fingerprint(folder)).toEqual(untouched);
  });

  it('asks nothing, and a second run changes nothing', async () => {
    await run('npx nest add nestjs-vodapay');
    const once = fingerprint(folder);
    expect([...once.keys()]).toContain('src/vodapay/vodapay-sign-in.module.ts');
    await run('npx nest add nestjs-vodapay --skip-install');
    await run('npx nest g -c nestjs-vodapay account-directory');
    expect(fingerprint(folder)).toEqual(once);
  });

  it('the result compiles, and its own tests pass', async () => {
    await run('npm run build');
    // Nest's own example tests ask for the controller that the application with users has not.
    if (hasUsers) rmSync(join(folder, 'src/app.controller.spec.ts'));
    expect(await run('npm test 2>&1')).toMatch(/Tests:?\s+.*[23] passed/);
  });

  it('and it signs a user in against the local wallet', async () => {
    const [port, walletPort, controlPort] = [await freePort(), await freePort(), await freePort()];
    const ports = { PORT: String(walletPort), CONTROL_PORT: String(controlPort) };
    const wallet = runScript('npm run vodapay:wallet', folder, ports);
    const settings = { PORT: String(port), VODAPAY_BASE_URL: `http://127.0.0.1:${walletPort}` };
    const app = runScript('npm start', folder, settings);
    try {
      await untilItAnswers(`http://127.0.0.1:${controlPort}/`, wallet);
      await untilItAnswers(`http://127.0.0.1:${port}/`, app);
      const code = await post(`http://127.0.0.1:${controlPort}/codes`, { userId: '216610000000000000001' });
      expect(await post(`http://127.0.0.1:${port}/vodapay/login`, code)).toMatchObject({ outcome: 'created' });
    } finally {
      await Promise.all([app.stop(), wallet.stop()]);
    }
  });
}

/** Every file that a user keeps, by a hash of its content. */
function fingerprint(folder: string): ReadonlyMap<string, string> {
  const kept = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .filter((path) => !/^(?:node_modules|dist)\/|^package-lock\.json$|\.tsbuildinfo$/.test(path));
  const hash = (path: string): string =>
    createHash('sha256')
      .update(readFileSync(join(folder, path)))
      .digest('hex');
  return new Map(kept.toSorted().map((path) => [path, hash(path)]));
}

async function post(url: string, body: unknown): Promise<unknown> {
  const headers = { 'content-type': 'application/json' };
  return (await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })).json();
}
