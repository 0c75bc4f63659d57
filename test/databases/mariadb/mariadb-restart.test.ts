import { setTimeout as delay } from 'node:timers/promises';
import { createConnection } from 'mysql2/promise';
import { describe, expect, it, onTestFinished } from 'vitest';
import { interruptLogins } from '../interrupted-logins.js';
import { MariadbServer } from '../mariadb-server.js';

describe('MariaDB restarted during a run of logins', () => {
  it.each([
    ['shut down', 'SIGTERM'],
    ['killed', 'SIGKILL'],
  ] as const)('%s: no acknowledged login is lost, errors are 503, logins go on by themselves', async (_, signal) => {
    const server = await MariadbServer.create();
    onTestFinished(() => server.remove());
    await server.start();
    const connection = await createConnection(server.url.replace(/^mariadb:/, 'mysql:'));
    await connection.query('CREATE DATABASE shop');
    await connection.end();

    const { unavailable } = await interruptLogins([`${server.url}shop`], async () => {
      await server.stop(signal);
      await delay(500);
      await server.start();
    });

    expect(unavailable).toBeGreaterThan(0);
  });
});
