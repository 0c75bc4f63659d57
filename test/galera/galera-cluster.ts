import { existsSync } from 'node:fs';
import { freePort } from '../programs/free-port.js';
import { MariadbServer, requireInstalled } from '../databases/mariadb-server.js';

const PROVIDER = '/usr/lib/galera/libgalera_smm.so';

/** How many nodes: the smallest cluster that goes on when one is lost. */
const NODES = 3;

/** Three MariaDB servers on loopback that replicate to each other; every one of them takes writes. */
export class GaleraCluster {
  private constructor(readonly nodes: readonly MariadbServer[]) {}

  static async start(): Promise<GaleraCluster> {
    await requireInstalled('rsync', 'rsync');
    if (!existsSync(PROVIDER)) throw new Error(`${PROVIDER} is missing. On Debian: apt-get install -y galera-4`);
    const ports = await Promise.all(Array.from({ length: NODES }, () => portsOfNode()));
    const address = `gcomm://${ports.map(({ group }) => `127.0.0.1:${group}`).join(',')}`;
    const nodes = await Promise.all(ports.map((own, index) => MariadbServer.create(settings(own, address, index))));
    const cluster = new GaleraCluster(nodes);
    try {
      for (const [index, node] of nodes.entries()) await node.start(index === 0 ? { 'wsrep-new-cluster': 'ON' } : {});
      return cluster;
    } catch (error) {
      await cluster.remove();
      throw error;
    }
  }

  /** `mariadb://…/` of each node. */
  get urls(): readonly string[] {
    return this.nodes.map(({ url }) => url);
  }

  async remove(): Promise<void> {
    await Promise.all(this.nodes.map((node) => node.remove()));
  }
}

interface NodePorts {
  readonly group: number;
  readonly increments: number;
  readonly snapshots: number;
}

async function portsOfNode(): Promise<NodePorts> {
  return { group: await freePort(), increments: await freePort(), snapshots: await freePort() };
}

function settings({ group, increments, snapshots }: NodePorts, address: string, index: number) {
  return {
    'wsrep-on': 'ON',
    'wsrep-provider': PROVIDER,
    'wsrep-provider-options': `gmcast.listen_addr=tcp://127.0.0.1:${group};ist.recv_addr=127.0.0.1:${increments};gcache.size=64M`,
    'wsrep-cluster-name': 'vodapay-tests',
    'wsrep-cluster-address': address,
    'wsrep-node-name': `node-${index + 1}`,
    'wsrep-node-address': `127.0.0.1:${group}`,
    'wsrep-sst-receive-address': `127.0.0.1:${snapshots}`,
    'wsrep-sst-method': 'rsync',
    'wsrep-slave-threads': '4',
    // A connection sees what was committed through any other one, at whatever node; docs/linking.md says why.
    'wsrep-sync-wait': '7',
    'binlog-format': 'ROW',
    'default-storage-engine': 'InnoDB',
    'innodb-autoinc-lock-mode': '2',
  };
}
