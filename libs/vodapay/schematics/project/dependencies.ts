import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LOCAL_CLIENT_ID } from '../files/environment.files.js';
import type { NestMajor } from './nest-major.js';
import type { Project } from './project.js';

type Ranges = Readonly<Record<string, string>>;

const PEERS: Readonly<Record<NestMajor, Ranges>> = {
  11: {
    '@nestjs/axios': '^4.0.1',
    '@nestjs/typeorm': '^11.0.3',
    axios: '^1.7.0',
    'class-validator': '^0.14.2',
    passport: '^0.7.0',
    typeorm: '^0.3.31',
  },
  12: {
    '@nestjs/axios': '^12.0.1',
    '@nestjs/typeorm': '^12.0.2',
    axios: '^1.7.0',
    'class-validator': '^0.15.1',
    passport: '^0.7.0',
    typeorm: '^1.1.1',
  },
};

const SQLITE_DRIVER: Ranges = { libsql: '^0.5.29' };

const WALLET_SCRIPT =
  `nestjs-vodapay-wallet --client-id ${LOCAL_CLIENT_ID} --merchant-key .vodapay/merchant-public.pem` +
  ' --private-key .vodapay/wallet-private.pem';

interface Manifest {
  readonly scripts?: Ranges;
  readonly dependencies?: Ranges;
  readonly devDependencies?: Ranges;
}

/** Adds what the library needs to package.json, in what is asked for already left as it is. Says whether it added anything. */
export function addDependencies(project: Project, nest: NestMajor, { sqlite }: { readonly sqlite: boolean }): boolean {
  const text = project.read('package.json');
  const manifest = JSON.parse(text) as Manifest;
  const asked = { ...manifest.devDependencies, ...manifest.dependencies };
  const lacking = (ranges: Ranges): Ranges =>
    Object.fromEntries(Object.entries(ranges).filter(([name]) => !(name in asked)));
  const peers = lacking({ ...PEERS[nest], ...(sqlite ? SQLITE_DRIVER : {}) });
  const tools = lacking({ 'nestjs-vodapay-wallet': walletRange() });
  const changed = {
    ...manifest,
    scripts: { ...manifest.scripts, 'vodapay:wallet': manifest.scripts?.['vodapay:wallet'] ?? WALLET_SCRIPT },
    dependencies: sorted({ ...manifest.dependencies, ...peers }),
    devDependencies: sorted({ ...manifest.devDependencies, ...tools }),
  };
  project.write('package.json', `${JSON.stringify(changed, null, 2)}${text.endsWith('\n') ? '\n' : ''}`);
  return Object.keys(peers).length + Object.keys(tools).length > 0;
}

/** Written by the build: the wallet's version of the same release. */
function walletRange(): string {
  return (JSON.parse(readFileSync(join(__dirname, '..', 'wallet.json'), 'utf8')) as { readonly range: string }).range;
}

function sorted(ranges: Ranges): Ranges {
  return Object.fromEntries(Object.entries(ranges).toSorted(([one], [other]) => (one < other ? -1 : 1)));
}
