import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** What the library is promised to run on besides the Node of this run: one release of each major version. */
export const OTHER_NODES = ['22.23.3', '24.21.0', '26.10.0'] as const;

const CACHE = fileURLToPath(new URL('../../.cache/', import.meta.url));

/** Path of this release's binary, from its package on the registry; kept in `.cache/`. */
export async function otherNode(version: (typeof OTHER_NODES)[number]): Promise<string> {
  const name = `node-${process.platform}-${process.arch}`;
  const prefix = `${CACHE}node-${version}`;
  const binary = `${prefix}/node_modules/${name}/bin/node`;
  if (!existsSync(binary)) {
    const quiet = ['--no-save', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel', 'error'];
    await promisify(execFile)('npm', ['install', ...quiet, '--prefix', prefix, `${name}@${version}`]);
  }
  return binary;
}
