import type { DataSource } from 'typeorm';
import { NAMESPACE, userIdOf } from '../test/databases/many-links.js';
import type { LinkingUnderTest } from '../test/linking/linking-under-test.js';

export interface WalCost {
  readonly links: number;
  /** Of the new users' ids against the known ones'. */
  readonly order: 'random' | 'ascending';
  readonly when: 'after a checkpoint' | 'before the next';
  /** Bytes of WAL a first login, all its statements together. */
  readonly bytes: number;
  /** Whole pages in it: PostgreSQL logs a page whole when it is first touched after a checkpoint. */
  readonly pageImages: number;
}

const LOGINS = 2_000;

/** What first logins write into PostgreSQL's log: `LOGINS` right after a checkpoint, then as many again. */
export async function measureWal(
  dataSource: DataSource,
  linking: LinkingUnderTest,
  links: number,
): Promise<readonly WalCost[]> {
  const costs: WalCost[] = [];
  for (const order of ['random', 'ascending'] as const) {
    await dataSource.query('CHECKPOINT');
    for (const when of ['after a checkpoint', 'before the next'] as const) {
      const before = await logged(dataSource);
      for (let n = 0; n < LOGINS; n += 1) {
        const number = order === 'random' ? ((n * 104_729) % links) + 1 : links;
        const userId = `${userIdOf(number)}${when.at(0)}${String(n).padStart(5, '0')}`;
        await linking.login(userId, { namespace: NAMESPACE });
      }
      const after = await logged(dataSource);
      const bytes = Math.round((after.bytes - before.bytes) / LOGINS);
      const pageImages = Number(((after.pageImages - before.pageImages) / LOGINS).toFixed(2));
      costs.push({ links, order, when, bytes, pageImages });
    }
  }
  return costs;
}

async function logged(dataSource: DataSource): Promise<{ readonly bytes: number; readonly pageImages: number }> {
  await dataSource.query('SELECT pg_stat_force_next_flush()');
  const [row] = (await dataSource.query(
    "SELECT pg_current_wal_insert_lsn() - '0/0'::pg_lsn AS bytes, wal_fpi FROM pg_stat_wal",
  )) as readonly { readonly bytes: string; readonly wal_fpi: string }[];
  return { bytes: Number(row?.bytes), pageImages: Number(row?.wal_fpi) };
}
