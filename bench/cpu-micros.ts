import { readdirSync, readFileSync } from 'node:fs';
import type { DataSource } from 'typeorm';

/** CPU in microseconds that this process and its database's server have used. A server's is read from Linux' /proc. */
export async function cpuMicros(dataSource: DataSource): Promise<number> {
  const { user, system } = process.cpuUsage();
  const pids = await (SERVER_PIDS[dataSource.options.type] ?? none)(dataSource);
  return pids.reduce((sum, pid) => sum + microsOf(pid), user + system);
}

const none = (): Promise<readonly number[]> => Promise.resolve([]);

const SERVER_PIDS: Readonly<Record<string, (dataSource: DataSource) => Promise<readonly number[]>>> = {
  postgres: async (dataSource) => {
    const rows = (await dataSource.query(
      'SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND backend_type = $1 ORDER BY pid',
      ['client backend'],
    )) as readonly { readonly pid: number }[];
    return rows.map(({ pid }) => pid);
  },
  mariadb: async (dataSource) => {
    const [row] = (await dataSource.query('SELECT @@pid_file AS file')) as readonly { readonly file: string }[];
    return [Number(readFileSync(row?.file ?? '', 'utf8'))];
  },
};

/** Of all threads; a thread that has ended in between is not counted. */
function microsOf(pid: number): number {
  const tasks = readdirSync(`/proc/${pid}/task`);
  return tasks.reduce((sum, task) => sum + nanosOf(`/proc/${pid}/task/${task}/schedstat`) / 1_000, 0);
}

function nanosOf(path: string): number {
  return Number(readFileSync(path, 'utf8').split(' ')[0]);
}
