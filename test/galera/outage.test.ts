import { setTimeout as delay } from 'node:timers/promises';
import { createConnection } from 'mysql2/promise';
import { describe, it, onTestFinished } from 'vitest';
import { interruptLogins } from '../databases/interrupted-logins.js';
import { startBalancer } from './balancer.js';
import { GaleraCluster } from './galera-cluster.js';

describe('a Galera node that goes and comes back during a run of logins', () => {
  it.each([
    ['shut down', 'SIGTERM'],
    ['killed', 'SIGKILL'],
  ] as const)('%s: no acknowledged login is lost, errors are 503, logins go on by themselves', async (how, signal) => {
    const cluster = await GaleraCluster.start();
    onTestFinished(() => cluster.remove());
    const balancer = await startBalancer(cluster.nodes.map(({ port }) => port));
    onTestFinished(() => balancer.close());
    const connection = await createConnection(cluster.urls[0]?.replace(/^mariadb:/, 'mysql:') ?? '');
    await connection.query('CREATE DATABASE shop');
    await connection.end();
    const address = new URL('/shop', cluster.urls[0]);
    address.port = String(balancer.port);

    const outcome = await interruptLogins([address.href, address.href], async () => {
      await cluster.nodes[1]?.stop(signal);
      await delay(2_000);
      await cluster.nodes[1]?.start();
    });

    process.stdout.write(`A node ${how} and started again: ${JSON.stringify(outcome)}\n`);
  });
});
