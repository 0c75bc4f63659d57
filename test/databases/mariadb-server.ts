import { execFile } from 'node:child_process';
import { chown, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createConnection, type ConnectionOptions } from 'mysql2/promise';
import { freePort } from '../programs/free-port.js';
import { ServerProcess, unprivileged, type Owner } from './server-process.js';

const run = promisify(execFile);

const PASSWORD = 'mariadb';

/** Settings of the server, as on its command line: `{ 'max-connections': '300' }`. */
export type MariadbSettings = Readonly<Record<string, string>>;

/** Thrown-away data: nothing waits for the disk, yet a killed server loses nothing that it has committed. */
const SETTINGS: MariadbSettings = {
  'bind-address': '127.0.0.1',
  'max-connections': '400',
  'innodb-flush-log-at-trx-commit': '2',
  'innodb-flush-method': 'nosync',
  'character-set-server': 'utf8mb4',
  'skip-name-resolve': 'ON',
};

/** A private MariaDB on a free loopback port, run by an unprivileged user; no system service is touched. */
export class MariadbServer {
  readonly port: number;
  private process: ServerProcess | undefined;

  private constructor(
    private readonly folder: string,
    port: number,
    private readonly settings: MariadbSettings,
    private readonly owner: Owner,
  ) {
    this.port = port;
  }

  /** Makes an empty data directory; nothing runs yet. Throws when MariaDB isn't installed. */
  static async create(settings: MariadbSettings = {}): Promise<MariadbServer> {
    await requireInstalled('mariadb-server', 'mariadbd', 'mariadb-install-db');
    const owner = await unprivileged('mysql');
    const folder = await mkdtemp(join(tmpdir(), 'vodapay-mariadb-'));
    await mkdir(join(folder, 'tmp'));
    for (const path of [folder, join(folder, 'tmp')]) {
      if (owner.uid !== undefined) await chown(path, owner.uid, owner.gid ?? owner.uid);
    }
    const layout = ['--no-defaults', `--datadir=${join(folder, 'data')}`, '--skip-test-db'];
    await run('mariadb-install-db', [...layout, '--auth-root-authentication-method=normal'], {
      ...owner,
      cwd: folder,
      env: environmentIn(folder),
    });
    return new MariadbServer(folder, await freePort(), settings, owner);
  }

  /** `mariadb://…/` of a superuser, without a database. */
  get url(): string {
    return `mariadb://tester:${PASSWORD}@127.0.0.1:${this.port}/`;
  }

  /** Starts on the data that is there, and waits until the server answers statements. */
  async start(more: MariadbSettings = {}): Promise<void> {
    const own = {
      datadir: join(this.folder, 'data'),
      socket: join(this.folder, 's'),
      'pid-file': join(this.folder, 'pid'),
      port: String(this.port),
    };
    const settings = Object.entries({ ...SETTINGS, ...own, ...this.settings, ...more });
    const args = ['--no-defaults', ...settings.map(([name, value]) => `--${name}=${value}`)];
    const command = { ...this.owner, program: 'mariadbd', args, cwd: this.folder, env: environmentIn(this.folder) };
    this.process = await ServerProcess.start(command, () => this.answers());
  }

  /** Asks it to shut down, or kills it, and waits until it is gone. */
  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    await this.process?.end(signal);
    this.process = undefined;
  }

  async remove(): Promise<void> {
    await this.stop('SIGKILL');
    await rm(this.folder, { recursive: true, force: true });
  }

  /** Whether it serves statements: a Galera node refuses those on tables until it has joined. */
  private async answers(): Promise<boolean> {
    const asTester = { uri: this.url.replace(/^mariadb:/, 'mysql:') };
    if (await sends(asTester, 'SELECT count(*) FROM mysql.user')) return true;
    // A new data directory knows root only, and root over the socket only.
    const asRoot = { user: 'root', socketPath: join(this.folder, 's') };
    return sends(asRoot, `GRANT ALL ON *.* TO tester@'%' IDENTIFIED BY '${PASSWORD}'`);
  }
}

async function sends(options: ConnectionOptions, sql: string): Promise<boolean> {
  try {
    const connection = await createConnection(options);
    try {
      await connection.query(sql);
    } finally {
      await connection.end();
    }
    return true;
  } catch {
    return false;
  }
}

/** Two servers with one folder for temporary files delete each other's. */
function environmentIn(folder: string): NodeJS.ProcessEnv {
  return { ...process.env, TMPDIR: join(folder, 'tmp') };
}

/** Throws with the package to install when one of the programs isn't on the PATH. */
export async function requireInstalled(debianPackage: string, ...programs: readonly string[]): Promise<void> {
  for (const program of programs) {
    await run('sh', ['-c', `command -v ${program}`]).catch(() => {
      throw new Error(`${program} is missing. On Debian: apt-get install -y --no-install-recommends ${debianPackage}`);
    });
  }
}
