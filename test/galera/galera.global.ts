import type { TestProject } from 'vitest/node';
import { startBalancer } from './balancer.js';
import { GaleraCluster } from './galera-cluster.js';

/** Vitest's globalSetup of `npm run test:galera`: three nodes, and one address that spreads connections over them. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const cluster = await GaleraCluster.start();
  const balancer = await startBalancer(cluster.nodes.map(({ port }) => port));
  const address = new URL(cluster.urls[0] ?? '');
  address.port = String(balancer.port);
  project.provide('mariadbUrl', address.href);
  project.provide('galeraNodeUrls', cluster.urls);
  project.provide('databaseKinds', ['galera']);
  return async () => {
    process.stdout.write(`Connections that each node served: ${balancer.served.join(', ')}\n`);
    await balancer.close();
    await cluster.remove();
  };
}
