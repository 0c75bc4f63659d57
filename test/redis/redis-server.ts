import { connect } from 'node:net';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { freePort } from '../programs/free-port.js';
import { requireInstalled } from '../databases/mariadb-server.js';
import { ServerProcess } from '../databases/server-process.js';

/** A private redis-server on a free loopback port, in memory only. */
export class RedisServer {
  private server: ServerProcess | undefined;

  private constructor(
    private readonly folder: string,
    readonly port: number,
  ) {}

  /** Throws with the package to install where redis-server is missing. */
  static async start(...settings: readonly string[]): Promise<RedisServer> {
    await requireInstalled('redis-server', 'redis-server');
    const server = new RedisServer(await mkdtemp(join(tmpdir(), 'vodapay-redis-')), await freePort());
    await server.begin(...settings);
    return server;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** Starts again, empty, on the same port. */
  async begin(...settings: readonly string[]): Promise<void> {
    const own = ['--port', String(this.port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
    const command = {
      program: 'redis-server',
      args: [...own, '--dir', this.folder, ...settings],
      cwd: this.folder,
      env: process.env,
    };
    this.server = await ServerProcess.start(command, () => accepts(this.port));
  }

  async kill(): Promise<void> {
    await this.server?.end('SIGKILL');
  }

  /** Keeps its connections and answers nothing. */
  pause(): void {
    this.server?.signal('SIGSTOP');
  }

  goOn(): void {
    this.server?.signal('SIGCONT');
  }

  /** Does something to it over a connection of one's own. */
  async asOperator<T>(work: (redis: Redis) => Promise<T>): Promise<T> {
    const redis = new Redis(this.url);
    try {
      return await work(redis);
    } finally {
      redis.disconnect();
    }
  }

  async remove(): Promise<void> {
    await this.kill();
    await rm(this.folder, { recursive: true, force: true });
  }
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    const end = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('error', () => end(false));
    socket.once('data', () => end(true));
    socket.once('connect', () => socket.write('PING\r\n'));
  });
}
