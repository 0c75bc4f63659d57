import { describe, expect, it, onTestFinished } from 'vitest';
import { interruptLogins } from './interrupted-logins.js';
import { PostgresServer } from './postgres-server.js';

describe('PostgreSQL restarted during a run of logins', { timeout: 120_000 }, () => {
  it.each([
    ['shut down', 'SIGINT'],
    ['crashed', 'SIGQUIT'],
  ] as const)('%s: no acknowledged login is lost, errors are 503, logins go on by themselves', async (_, signal) => {
    const server = await PostgresServer.create();
    onTestFinished(() => server.remove());
    await server.start();

    const { unavailable } = await interruptLogins([server.url], async () => {
      await server.stop(signal);
      await new Promise((resolve) => {
        setTimeout(resolve, 500);
      });
      await server.start();
    });

    expect(unavailable).toBeGreaterThan(0);
  });
});
