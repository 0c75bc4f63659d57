import { createRequire } from 'node:module';
import { join } from 'node:path';
import type ts from 'typescript';

/** The application's own TypeScript: every Nest application has one, and the schematic reads its sources with it. */
export function loadTypeScript(projectFolder: string): typeof ts {
  const require = createRequire(join(projectFolder, 'package.json'));
  const loaded = require('typescript') as Partial<typeof ts>;
  if (loaded.createSourceFile === undefined) {
    throw new Error(
      'nestjs-vodapay: the installed typescript has no API to read sources with. Install typescript 5 or 6.',
    );
  }
  return loaded as typeof ts;
}
