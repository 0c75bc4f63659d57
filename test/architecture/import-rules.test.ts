import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findBreaches } from './find-breaches.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const SOURCES = ['libs/vodapay/src', 'apps/sample/src', 'apps/sample/web/src', 'apps/wallet/src'];

describe('the import rules of ARCHITECTURE.md', () => {
  it('hold over the whole tree', () => {
    expect(findBreaches(root)).toEqual([]);
  });
});

describe('the check of the import rules sees a planted breach', () => {
  let tree: string;
  beforeEach(() => {
    tree = mkdtempSync(join(tmpdir(), 'import-rules-'));
    for (const folder of SOURCES) mkdirSync(join(tree, folder), { recursive: true });
  });
  afterEach(() => rmSync(tree, { recursive: true, force: true }));

  const plant = (file: string, text: string): void => {
    mkdirSync(dirname(join(tree, file)), { recursive: true });
    writeFileSync(join(tree, file), text);
  };
  const reasonAt = (place: string): string | undefined =>
    findBreaches(tree).find((breach) => breach.place === place || breach.place.startsWith(`${place}:`))?.reason;

  it.each([
    ['libs/vodapay/src/protocol/planted.ts', `import { Injectable } from '@nestjs/common';`, 'must not import @nestjs'],
    ['libs/vodapay/src/protocol/planted.ts', `import type { X } from '../inquiry/x.js';`, 'must not import inquiry'],
    ['libs/vodapay/src/protocol/planted.ts', `export const f = () => import('node:fs');`, 'must not import node:fs'],
    ['libs/vodapay/src/protocol/planted.ts', `const fs = require('node:fs');`, 'must not import node:fs'],
    ['libs/vodapay/src/inquiry/planted.ts', `import { X } from '../login/x.js';`, 'must not import login'],
    ['libs/vodapay/src/inquiry/planted.ts', `import { X } from '../linking/x.js';`, 'must not import linking'],
    ['libs/vodapay/src/linking/planted.ts', `import { X } from '../inquiry/x.js';`, 'must not import inquiry'],
    ['libs/vodapay/src/linking/planted.ts', `export { X } from '../session/x.js';`, 'must not import session'],
    ['libs/vodapay/src/store/planted.ts', `import { X } from '../linking/x.js';`, 'must not import linking'],
    ['libs/vodapay/src/session/planted.ts', `import { X } from '../passport/x.js';`, 'must not import passport'],
    ['libs/vodapay/src/login/planted.ts', `import { X } from '../passport/x.js';`, 'must not import passport'],
    ['libs/vodapay/src/login/planted.ts', `import { X } from '../vodapay.module.js';`, 'must not import module'],
    ['libs/vodapay/src/passport/planted.ts', `import { X } from '../index.js';`, 'must not import index'],
    ['libs/vodapay/src/passport/planted.ts', `let x: import('../vodapay.module.js').X;`, 'must not import module'],
    ['libs/vodapay/src/planted.ts', `import { X } from './vodapay.module.js';`, 'must not import module'],
    ['libs/vodapay/src/errors/planted.ts', `import { X } from '../linking/x.js';`, 'must not import linking'],
    ['libs/vodapay/src/vodapay.options.ts', `import { X } from './protocol/x.js';`, 'only types of protocol'],
    [
      'libs/vodapay/src/login/planted.ts',
      `import { X } from '../../../../apps/wallet/src/x.js';`,
      'must not import apps',
    ],
    ['libs/vodapay/src/login/planted.ts', `import { X } from '../../../../test/x.js';`, 'reaches outside'],
    ['libs/vodapay/src/login/planted.ts', `export * from './x.js';`, 'export *'],
    ['libs/vodapay/src/login/index.ts', `export { X } from './x.js';`, 'barrel'],
    ['libs/vodapay/src/login/planted.ts', `import { X } from 'nestjs-vodapay';`, 'must not import nestjs-vodapay'],
    ['libs/vodapay/src/login/planted.ts', 'const x = import(`./${name}.js`);', 'computed'],
    ['libs/vodapay/src/newcomer/planted.ts', `export const x = 1;`, 'has no rule'],
    ['apps/wallet/src/planted.ts', `import { X } from 'nestjs-vodapay';`, 'must not import nestjs-vodapay'],
    [
      'apps/wallet/src/planted.ts',
      `import { X } from '../../../libs/vodapay/src/errors/x.js';`,
      'must not import errors',
    ],
    ['apps/wallet/src/planted.ts', `import axios from 'axios';`, 'must not import axios'],
    ['apps/sample/src/planted.ts', `import { X } from '../../../libs/vodapay/src/index.js';`, 'must not import index'],
    ['apps/sample/src/planted.ts', `import { X } from '../../wallet/src/x.js';`, 'must not import apps/wallet'],
    ['apps/sample/web/src/planted.ts', `import { X } from '../../src/x.js';`, 'must not import apps/sample'],
    ['apps/sample/web/src/planted.ts', `import axios from 'axios';`, 'must not import axios'],
  ])('%s: %s', (file, text, reason) => {
    plant(file, text);
    expect(reasonAt(file)).toContain(reason);
  });

  it('a cycle between two files of one folder', () => {
    plant('libs/vodapay/src/login/planted-a.ts', `import { b } from './planted-b.js'; export const a = () => b;`);
    plant('libs/vodapay/src/login/planted-b.ts', `import { a } from './planted-a.js'; export const b = () => a;`);
    expect(findBreaches(tree).map((breach) => breach.reason)).toContainEqual(expect.stringContaining('import cycle'));
  });

  it('and nothing else: types that the ground may name, and the ways down, pass', () => {
    plant('libs/vodapay/src/vodapay.options.ts', `import type { X } from './protocol/x.js';`);
    plant(
      'libs/vodapay/src/login/planted.ts',
      `import { X } from '../linking/x.js'; import { Y } from '../errors/y.js';`,
    );
    plant('libs/vodapay/src/index.ts', `export { VodaPayModule } from './vodapay.module.js';`);
    plant('apps/sample/src/planted.ts', `import { VodaPayModule } from 'nestjs-vodapay'; import './other.js';`);
    expect(findBreaches(tree)).toEqual([]);
  });
});
