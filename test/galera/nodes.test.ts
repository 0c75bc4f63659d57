import { DataSource } from 'typeorm';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it, onTestFinished } from 'vitest';
import { dataSourceFor } from '../databases/database-url.js';
import { createDatabase } from '../databases/open-database.js';
import { runProgram } from '../programs/run-program.js';
import { LIBRARY, linkingOn, storedLinks } from '../linking/linking-under-test.js';
import { MerchantAccounts } from '../linking/merchant-accounts.js';
import { migrate } from '../../apps/sample/src/database/migrate.js';

const NODES = inject('galeraNodeUrls') ?? [];

/** Without waiting: a read at one node may not know yet what another node has committed. */
describe('one server on each node of a Galera cluster, with wsrep_sync_wait = 0', () => {
  let nodes: readonly DataSource[];

  beforeAll(() => setSyncWait(0));
  afterAll(() => setSyncWait(7));

  beforeEach(async () => {
    const urls = await newDatabaseOnEachNode();
    nodes = await Promise.all(urls.map((url) => dataSourceFor(url, LIBRARY).initialize()));
    onTestFinished(async () => void (await Promise.all(nodes.map((node) => node.destroy()))));
    await migrate(node(0));
    await MerchantAccounts.makeTables(node(0));
    await Promise.all(nodes.map((one) => caughtUp(one)));
  });

  it('I1 sign one user in 100 times in parallel: 100 successes, one account, one link, one create', async () => {
    const servers = nodes.map((one) => linkingOn(one, new MerchantAccounts(one)));

    const waves = Array.from({ length: 33 }, () => servers.map(({ login }) => login('user-1')));
    const logins = await Promise.all([
      ...waves.flat(),
      linkingOn(node(0), new MerchantAccounts(node(0))).login('user-1'),
    ]);

    const merchant = new MerchantAccounts(node(0));
    await caughtUp(node(0));
    const [account] = await merchant.ids();
    expect(await merchant.ids()).toHaveLength(1);
    expect(logins.map((login) => login.link.accountId)).toEqual(Array.from({ length: 100 }, () => account));
    expect(logins.filter((login) => login.outcome === 'created')).toHaveLength(1);
    expect(await storedLinks(node(0))).toMatchObject([{ account_id: account, state: 'active' }]);
    expect(await merchant.calls()).toHaveLength(1);
  });

  it('I5 repeat what certification refuses: users who arrive at all nodes at once all get in', async () => {
    const servers = nodes.map((one) => linkingOn(one, new MerchantAccounts(one)));
    const before = await conflicts(nodes);
    let users = 0;

    for (; users < 40 || (users < 2_000 && (await conflicts(nodes)) - before < 20); users += 20) {
      const arrivals = Array.from({ length: 20 }, (_, n) => servers.map(({ login }) => login(`user-${users + n}`)));
      const logins = await Promise.all(arrivals.map((one) => Promise.all(one)));
      expect(logins.map((same) => new Set(same.map(({ link }) => link.accountId)).size)).toEqual(logins.map(() => 1));
    }

    const refused = (await conflicts(nodes)) - before;
    await caughtUp(node(0));
    expect(refused).toBeGreaterThanOrEqual(20);
    expect(await storedLinks(node(0))).toHaveLength(users);
    expect(await new MerchantAccounts(node(0)).calls()).toHaveLength(users);
    process.stdout.write(`Galera refused ${refused} commits of ${users} first logins that arrived at 3 nodes each.\n`);
  });

  it('give a node that lags behind no second account, and no 500', async () => {
    await makeBallast(node(0));
    await Promise.all(nodes.map((one) => caughtUp(one)));
    const [ahead, , behind] = nodes.map((one) => linkingOn(one, new MerchantAccounts(one)));
    await node(0).query('UPDATE ballast SET weight = weight + 1');

    const first = await ahead?.login('user-1');
    const staleLinks = await storedLinks(node(2));
    const second = await behind?.login('user-1').catch((error: unknown) => error);

    await caughtUp(node(2));
    expect(staleLinks, 'the node did not lag').toEqual([]);
    if (second instanceof Error) expect(second).toMatchObject({ code: 'VODAPAY_STORE_UNAVAILABLE', status: 503 });
    else expect(second).toMatchObject({ outcome: 'existing', link: { accountId: first?.link.accountId } });
    expect(await behind?.login('user-1')).toEqual({ ...first, outcome: 'existing' });
    expect(await storedLinks(node(2))).toHaveLength(1);
    expect(await new MerchantAccounts(node(2)).calls()).toHaveLength(1);
  });

  function node(index: number): DataSource {
    const found = nodes[index];
    if (found === undefined) throw new Error(`There is no node ${index}.`);
    return found;
  }
});

describe('the migrations on a Galera cluster', () => {
  it('run at once in processes that are connected to different nodes, and all come up', async () => {
    const urls = await newDatabaseOnEachNode();

    const runs = await Promise.all(urls.map((url) => runProgram('migrate', { url })));

    // TypeORM reports on stderr each migration that another node was first with.
    expect(runs.filter(({ exitCode }) => exitCode !== 0)).toEqual([]);
    const database = await dataSourceFor(urls[1] ?? '', LIBRARY).initialize();
    onTestFinished(() => database.destroy());
    expect((await database.driver.createSchemaBuilder().log()).upQueries).toEqual([]);
  });
});

async function newDatabaseOnEachNode(): Promise<readonly string[]> {
  const { url, drop } = await createDatabase('galera');
  onTestFinished(drop);
  return NODES.map((node) => new URL(new URL(url).pathname, node).href);
}

/** What connections made from now on wait for, at every node. */
async function setSyncWait(statements: number): Promise<void> {
  for (const url of NODES) {
    const node = await dataSourceFor(`${url}mysql`, {}).initialize();
    await node.query(`SET GLOBAL wsrep_sync_wait = ${statements}`);
    await node.destroy();
  }
}

/** Waits until the node has applied what the others had committed. */
async function caughtUp(node: DataSource): Promise<void> {
  await node.query('SET STATEMENT wsrep_sync_wait = 1 FOR SELECT count(*) FROM mysql.user');
}

/** How many commits and statements the cluster has refused or taken back because another node was first. */
async function conflicts(nodes: readonly DataSource[]): Promise<number> {
  const counts = await Promise.all(
    nodes.map(async (node) => {
      const rows = (await node.query(
        "SHOW STATUS WHERE variable_name IN ('wsrep_local_cert_failures', 'wsrep_local_bf_aborts')",
      )) as readonly { readonly Value: string }[];
      return rows.reduce((sum, { Value }) => sum + Number(Value), 0);
    }),
  );
  return counts.reduce((sum, count) => sum + count, 0);
}

/** A table whose update takes the other nodes seconds to apply; what is committed after it waits behind it. */
async function makeBallast(node: DataSource): Promise<void> {
  await node.query('CREATE TABLE ballast (id integer PRIMARY KEY, weight integer, filling varchar(200))');
  await node.query("INSERT INTO ballast SELECT seq, 0, repeat('x', 200) FROM seq_1_to_200000");
}
