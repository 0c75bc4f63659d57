import { readFileSync } from 'node:fs';
import { apiSnapshot } from './api-snapshot.js';
import { emitDeclarations } from './emit-declarations.js';

interface Manifest {
  readonly name: string;
  readonly exports: Readonly<Record<string, string | { readonly import: { readonly types: string } }>>;
}

/** Path from the root → the public API, for each entry point that the library's manifest names. */
export function apiSnapshots(): readonly (readonly [path: string, text: string])[] {
  const { name, exports } = JSON.parse(read('../libs/vodapay/package.json')) as Manifest;
  const declarations = emitDeclarations();
  return Object.entries(exports).flatMap(([subpath, target]) => {
    if (typeof target === 'string') return [];
    const entry = target.import.types.replace('./dist/esm/', '').replace(/\.d\.ts$/, '.js');
    const title = `${name}${subpath.slice(1)}`;
    const file = `libs/vodapay/api/${entry.replace(/\.js$/, '.api.md')}`;
    return [[file, apiSnapshot(title, entry, declarations)] as const];
  });
}

function read(path: string): string {
  return readFileSync(new URL(path, import.meta.url), 'utf8');
}
