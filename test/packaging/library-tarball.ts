import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PACKAGES = fileURLToPath(new URL('../../dist/packages/', import.meta.url));

/** Path of the packed library, made by `npm run pack:all`. */
export function libraryTarball(): string {
  const [name, ...others] = readdirSync(PACKAGES).filter((file) => /^nestjs-vodapay-\d.*\.tgz$/.test(file));
  if (name === undefined || others.length > 0) {
    throw new Error(`Expected one nestjs-vodapay-<version>.tgz in dist/packages. Run: npm run pack:all`);
  }
  return join(PACKAGES, name);
}
