import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const PACKAGES = fileURLToPath(new URL('../../dist/packages/', import.meta.url));
const UPSTREAM = execFileSync('npm', ['config', 'get', 'registry'], { encoding: 'utf8' }).trim();

export interface LoopbackRegistry {
  /** What npm needs to ask it. */
  readonly environment: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/** A registry that has the packed tarballs of this repository, as if they were published, and sends npm on for all else. */
export async function startLoopbackRegistry(): Promise<LoopbackRegistry> {
  const tarballs = readdirSync(PACKAGES).filter((name) => name.endsWith('.tgz'));
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? '');
    const tarball = tarballs.find((name) => path === `/-/${name}`);
    const published = tarballs.find((name) => path === `/${name.replace(/-\d.*$/, '')}`);
    if (tarball !== undefined) return void response.end(readFileSync(PACKAGES + tarball));
    if (published === undefined)
      return void response.writeHead(307, { location: new URL(path.slice(1), UPSTREAM).href }).end();
    return void response
      .setHeader('content-type', 'application/json')
      .end(packument(published, request.headers.host ?? ''));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    environment: {
      npm_config_registry: `http://127.0.0.1:${port}/`,
      npm_config_replace_registry_host: 'never',
      npm_config_prefer_offline: 'true',
      npm_config_audit: 'false',
      npm_config_fund: 'false',
    },
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** What a registry tells of a package: its one version, by the manifest in the tarball. */
function packument(tarball: string, host: string): string {
  const manifest = execFileSync('tar', ['-xOzf', PACKAGES + tarball, 'package/package.json'], { encoding: 'utf8' });
  const { name, version } = JSON.parse(manifest) as { readonly name: string; readonly version: string };
  const integrity = `sha512-${createHash('sha512')
    .update(readFileSync(PACKAGES + tarball))
    .digest('base64')}`;
  const dist = { tarball: `http://${host}/-/${tarball}`, integrity };
  return JSON.stringify({
    name,
    'dist-tags': { latest: version },
    versions: { [version]: { ...(JSON.parse(manifest) as object), dist } },
  });
}
