import { EventEmitter } from 'node:events';
import { expect, it, onTestFinished, vi } from 'vitest';
import { RedisCoordination } from '../../libs/vodapay/src/coordination/redis-coordination.js';
import type { RedisConnection } from '../../libs/vodapay/src/coordination/redis-connection.js';
import { captureLogs } from '../inquiry/captured-logs.js';

/** A connection that is up and answers everything. */
class WorkingConnection extends EventEmitter implements RedisConnection {
  readonly status = 'ready';
  readonly connect = vi.fn(async () => undefined);
  readonly disconnect = vi.fn();
  readonly set = vi.fn(async () => 'OK');
  readonly get = vi.fn(async () => null);
  readonly publish = vi.fn(async () => 1);
  readonly subscribe = vi.fn(async () => 1);
}

/** A coordination over two connections that work, and what it logs. */
function workingCoordination() {
  const logs = captureLogs();
  onTestFinished(logs.release);
  const [commands, subscription] = [new WorkingConnection(), new WorkingConnection()];
  const connections = [commands, subscription];
  const coordination = new RedisCoordination(() => connections.shift() ?? new WorkingConnection());
  coordination.listen(['notices'], { heard: () => undefined, interrupted: () => undefined });
  onTestFinished(() => coordination.close());
  return { coordination, commands, subscription, logs };
}

function lose(connection: WorkingConnection): void {
  connection.emit('error', Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }));
  connection.emit('close');
}

it('An outage of the connection for commands alone ends with the next command that is answered', async () => {
  const { coordination, commands, logs } = workingCoordination();
  lose(commands);
  await coordination.publish('notices', 'a beat');
  expect(logs.lines.map((line) => /vodapay\.coordination\.\w+/.exec(line)?.[0])).toEqual([
    'vodapay.coordination.lost',
    'vodapay.coordination.back',
  ]);
});

it('An outage of the connection that listens lasts until it has subscribed again, whatever commands say', async () => {
  const { coordination, subscription, logs } = workingCoordination();
  lose(subscription);
  await coordination.publish('notices', 'a beat');
  expect(logs.lines.join()).not.toContain('vodapay.coordination.back');
  subscription.emit('ready');
  await vi.waitFor(() => expect(logs.lines.join()).toContain('vodapay.coordination.back'));
});
