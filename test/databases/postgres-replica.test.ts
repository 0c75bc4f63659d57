import { randomBytes } from 'node:crypto';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrate } from '../../apps/sample/src/database/migrate.js';
import { hashSessionToken, newSessionToken } from '../../libs/vodapay/src/session/session-token.js';
import { merchantOn } from '../kills/killed-merchant.js';
import { OPERATIONS } from '../kills/operations.js';
import { LIBRARY, linkingOn, storedLinks } from '../linking/linking-under-test.js';
import { MemoryAccounts } from '../linking/memory-accounts.js';
import { MerchantAccounts } from '../linking/merchant-accounts.js';
import { PostgresServer } from './postgres-server.js';

const NOW = Date.now();
const NO_TOKENS = { accessToken: null, accessTokenExpiresAt: null, refreshToken: null, refreshTokenExpiresAt: null };

describe('PostgreSQL with a streaming replica that lags', () => {
  let primary: PostgresServer;
  let replica: PostgresServer;
  let dataSource: DataSource;

  beforeAll(async () => {
    primary = await PostgresServer.create();
    replica = await primary.replica();
    await Promise.all([primary.start(), replica.start()]);
    dataSource = await new DataSource({
      ...LIBRARY,
      type: 'postgres',
      replication: { master: { url: primary.url }, slaves: [{ url: replica.url }] },
    }).initialize();
    await migrate(dataSource);
    await untilReplicated(dataSource);
    await onReplica(dataSource, 'SELECT pg_wal_replay_pause()');
  });

  afterAll(async () => {
    await dataSource.destroy();
    await Promise.all([primary.remove(), replica.remove()]);
  });

  it('the second login finds the account of the first: the link is read from the primary', async () => {
    const { login } = linkingOn(dataSource, new MemoryAccounts());

    const first = await login('user-1');
    const second = await login('user-1');

    expect(second).toEqual({ ...first, outcome: 'existing' });
    expect(await storedLinks(dataSource)).toHaveLength(1);
    expect(await onReplica(dataSource, 'SELECT id FROM vodapay_account_link')).toEqual([]);
  });

  it('a session counts from its first request on, and not after its end: it is read from the primary', async () => {
    const { login, sessions } = linkingOn(dataSource, new MemoryAccounts());
    const { link } = await login('user-2');
    const tokenHash = hashSessionToken(newSessionToken(randomBytes));
    const id = sessions.newId(NOW);
    await sessions.open({
      id,
      tokenHash,
      linkId: link.id,
      accountId: link.accountId,
      createdAt: NOW,
      expiresAt: NOW + 60_000,
      ...NO_TOKENS,
    });

    expect(await sessions.findByToken(tokenHash)).toMatchObject({ id, linkId: link.id });
    await sessions.end(id);
    expect(await sessions.findByToken(tokenHash)).toBeUndefined();
  });

  it('a ticket is found by the confirm that follows it, and is used once: it is read from the primary', async () => {
    const merchant = merchantOn(dataSource, { policy: 'ask' });
    await MerchantAccounts.makeTables(dataSource);
    const { prepare, run } = OPERATIONS['confirm by a code'];
    const subject = await prepare(merchant, 'user-3');

    expect(await run(merchant, subject)).toMatchObject({ outcome: 'linked' });
    await expect(run(merchant, subject)).rejects.toMatchObject({ code: 'VODAPAY_LINK_TICKET_INVALID' });
  });
});

async function onReplica(dataSource: DataSource, sql: string): Promise<unknown> {
  const runner = dataSource.createQueryRunner('slave');
  try {
    return await runner.query(sql);
  } finally {
    await runner.release();
  }
}

async function untilReplicated(dataSource: DataSource): Promise<void> {
  const [{ lsn }] = (await dataSource.query('SELECT pg_current_wal_lsn() AS lsn')) as [{ lsn: string }];
  const caughtUp = async (): Promise<boolean> => {
    const [row] = (await onReplica(dataSource, `SELECT pg_last_wal_replay_lsn() >= '${lsn}' AS caught_up`)) as [
      { caught_up: boolean },
    ];
    return row.caught_up;
  };
  while (!(await caughtUp())) {
    await new Promise((resolve) => {
      setTimeout(resolve, 20);
    });
  }
}
