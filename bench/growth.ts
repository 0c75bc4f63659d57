// What a login costs while links grow: `npm run bench:growth -- [--keep]`. The user ids are in no order, as real ones are.
// Needs MariaDB. CPU of a login's wallet call and its linking, here and in the database, the sizes taking turns; and
// PostgreSQL's WAL.
import 'reflect-metadata';
import { writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { Logger } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { migrate } from '../apps/sample/src/database/migrate.js';
import { dataSourceFor } from '../test/databases/database-url.js';
import { fillLinks, NAMESPACE, userIdOf } from '../test/databases/many-links.js';
import { LIBRARY, linkingOn, type LinkingUnderTest } from '../test/linking/linking-under-test.js';
import { cpuMicros } from './cpu-micros.js';
import { growthServers } from './growth-servers.js';
import { measureWal, type WalCost } from './measure-wal.js';
import { walletInquiry } from './wallet-inquiry.js';

Logger.overrideLogger(false);
const { values } = parseArgs({
  options: {
    databases: { type: 'string', default: 'SQLite,PostgreSQL,MariaDB' },
    keep: { type: 'boolean', default: false },
  },
});
const SIZES = [10_000, 100_000, 1_000_000];
const ROUNDS = 9;
const [RETURNING, FIRST] = [300, 100];

interface Sized {
  readonly size: number;
  readonly dataSource: DataSource;
  readonly linking: LinkingUnderTest;
  readonly returning: number[];
  readonly first: number[];
}

const wallet = await walletInquiry();
const results = [];
for (const name of values.databases.split(',')) {
  const server = await growthServers[name as keyof typeof growthServers]();
  const opened: DataSource[] = [];
  try {
    const sized: Sized[] = [];
    for (const size of SIZES) sized.push(await filled(await server.url(size), size, opened));
    for (let round = -1; round < ROUNDS; round += 1) for (const one of sized) await measureRound(one, round);
    const rows = sized.map(({ size, returning, first }) => ({
      links: size,
      returningMicros: Math.round(median(returning)),
      firstMicros: Math.round(median(first)),
    }));
    const growth = { returning: ratio(sized, 'returning'), first: ratio(sized, 'first') };
    const wal = name === 'PostgreSQL' ? await walAt(sized) : undefined;
    results.push({ database: name, rows, growth, ...(wal === undefined ? {} : { wal }) });
    report(name, rows, growth, wal);
  } finally {
    for (const dataSource of opened) await dataSource.destroy();
    await server.remove();
  }
}
wallet.stop();
if (values.keep) {
  const about = {
    cpu: cpus()[0]?.model,
    cores: cpus().length,
    node: process.version,
    date: new Date().toISOString().slice(0, 10),
    method: `medians of ${ROUNDS} interleaved rounds of ${RETURNING} returning and ${FIRST} first logins, one at a time, each with its wallet call; CPU of the process and of the database's own processes`,
  };
  const path = new URL('results/growth.json', import.meta.url);
  await writeFile(path, `${JSON.stringify({ about, results }, undefined, 2)}\n`);
}

async function filled(url: string, size: number, opened: DataSource[]): Promise<Sized> {
  const dataSource = await dataSourceFor(url, LIBRARY).initialize();
  opened.push(dataSource);
  await migrate(dataSource);
  await fillLinks(dataSource, size);
  // A table that is in use is in memory.
  await dataSource.query('SELECT SUM(LENGTH(vodapay_user_id)), SUM(LENGTH(account_id)) FROM vodapay_account_link');
  const directory = {
    create: (_profile: unknown, { idempotencyKey }: { readonly idempotencyKey: string }) =>
      Promise.resolve({ id: idempotencyKey }),
    find: () => Promise.resolve({ state: 'active' as const, missing: [] }),
  };
  return { size, dataSource, linking: linkingOn(dataSource, directory), returning: [], first: [] };
}

/** A round before the first one warms up and is not counted. */
async function measureRound({ size, dataSource, linking, returning, first }: Sized, round: number): Promise<void> {
  const spread = (n: number): number => ((n * 104_729 + (round + 1) * 15_485_863) % size) + 1;
  const login = async (userId: string): Promise<unknown> => {
    await wallet.ask();
    return linking.login(userId, { namespace: NAMESPACE });
  };
  const known = await microsOf(dataSource, RETURNING, (n) => login(userIdOf(spread(n))));
  // One more character: a new user whose place is right behind a known one's, anywhere in the index.
  const fresh = await microsOf(dataSource, FIRST, (n) => login(`${userIdOf(spread(n))}r${round + 1}n${n}`));
  if (round < 0) return;
  returning.push(known);
  first.push(fresh);
}

async function microsOf(dataSource: DataSource, count: number, work: (n: number) => Promise<unknown>): Promise<number> {
  const before = await cpuMicros(dataSource);
  for (let n = 0; n < count; n += 1) await work(n);
  return ((await cpuMicros(dataSource)) - before) / count;
}

async function walAt(sized: readonly Sized[]): Promise<readonly WalCost[]> {
  const costs: WalCost[] = [];
  for (const { size, dataSource, linking } of sized) costs.push(...(await measureWal(dataSource, linking, size)));
  return costs;
}

function ratio(sized: readonly Sized[], of: 'returning' | 'first'): number {
  const [small, large] = [sized[0], sized.at(-1)];
  if (small === undefined || large === undefined) return Number.NaN;
  return Number(median(large[of].map((micros, round) => micros / (small[of][round] ?? Number.NaN))).toFixed(2));
}

function median(samples: readonly number[]): number {
  return samples.toSorted((a, b) => a - b)[Math.floor(samples.length / 2)] ?? Number.NaN;
}

function report(
  name: string,
  rows: readonly { readonly links: number; readonly returningMicros: number; readonly firstMicros: number }[],
  growth: { readonly returning: number; readonly first: number },
  wal: readonly WalCost[] = [],
): void {
  console.log(`\n${name}`);
  for (const { links, returningMicros, firstMicros } of rows) {
    console.log(`${String(links).padStart(9)} links: returning ${returningMicros} µs, first ${firstMicros} µs`);
  }
  console.log(`10^6 ÷ 10^4: returning ${growth.returning} (≤ 1.3), first ${growth.first} (≤ 1.5)`);
  for (const { links, order, when, bytes, pageImages } of wal) {
    console.log(`WAL a first login at ${links}, ids ${order}, ${when}: ${bytes} bytes, ${pageImages} page images`);
  }
}
