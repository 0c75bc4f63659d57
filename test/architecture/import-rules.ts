/** What a part of the tree may import. Parts are folders or files of `libs/vodapay/src`, `apps/…`. */
export interface ImportRule {
  /** Parts whose code it may use at run time, besides itself. */
  readonly uses: readonly string[];
  /** Parts of which it may name types only. */
  readonly typesOf: readonly string[];
  /** Packages and Node modules; `any` where the rules don't care. A scope is written `@nestjs/`. */
  readonly packages: 'any' | readonly string[];
}

const GROUND = ['errors', 'tokens', 'options', 'telemetry', 'promises', 'property-of'] as const;
/** Every part that stands between the ground and the wiring. */
const PARTS = ['protocol', 'inquiry', 'linking', 'session', 'health', 'privacy', 'login', 'passport'] as const;

/** Parts of the library: the folder, or the role of a file at its root. */
export const LIBRARY_PARTS: Readonly<Record<string, string>> = {
  'index.ts': 'index',
  'protocol.ts': 'protocol-entry',
  'swagger.ts': 'swagger-entry',
  'testing.ts': 'testing-entry',
  'vodapay.module.ts': 'module',
  'once-known.ts': 'promises',
  'within-time.ts': 'promises',
  'until-aborted.ts': 'promises',
  'departure.ts': 'promises',
  'property-of.ts': 'property-of',
  'vodapay.tokens.ts': 'tokens',
  'vodapay.options.ts': 'options',
};

/** The directions of ARCHITECTURE.md. A part that isn't here is refused, so that a new folder gets its rule first. */
export const IMPORT_RULES: Readonly<Record<string, ImportRule>> = {
  // The ground. Options name the types they carry, and nothing runs from there.
  errors: { uses: [], typesOf: [], packages: [] },
  tokens: { uses: [], typesOf: [], packages: [] },
  // What is done with a promise, whatever it is of.
  promises: { uses: ['errors'], typesOf: [], packages: [] },
  // What clients and other libraries shape is read by it.
  'property-of': { uses: [], typesOf: [], packages: [] },
  // What the library tells of its work: everybody may tell, and it knows none of them.
  telemetry: {
    uses: ['errors'],
    typesOf: [],
    packages: ['@opentelemetry/api', '@nestjs/common', 'node:async_hooks', 'node:crypto', 'node:util'],
  },
  options: {
    uses: ['errors'],
    typesOf: ['protocol', 'coordination', 'inquiry', 'linking', 'session'],
    packages: ['node:crypto'],
  },

  protocol: { uses: ['errors'], typesOf: [], packages: ['node:crypto'] },
  inquiry: { uses: [...GROUND, 'protocol'], typesOf: [], packages: 'any' },
  // What processes share besides the database: a port, its adapters, and the names and seals of one instance.
  coordination: { uses: [...GROUND], typesOf: ['session'], packages: ['node:crypto', '@nestjs/common', 'ioredis'] },
  // The floor under everything that is stored: statements, their failures, ids.
  store: { uses: ['errors', 'promises', 'property-of'], typesOf: [], packages: 'any' },
  linking: { uses: [...GROUND, 'store'], typesOf: [], packages: 'any' },
  // The session's rows join the link's: the table they read is an entity of linking.
  session: { uses: [...GROUND, 'store', 'linking'], typesOf: ['coordination'], packages: 'any' },
  login: { uses: [...GROUND, 'protocol', 'inquiry', 'linking', 'session'], typesOf: ['coordination'], packages: 'any' },
  health: { uses: [...GROUND, 'store', 'inquiry'], typesOf: [], packages: 'any' },
  // Everything stored about a person, whichever part stores it.
  privacy: { uses: [...GROUND, 'store', 'linking', 'session'], typesOf: [], packages: 'any' },
  // The decorators check names of scopes against the protocol's table.
  passport: { uses: [...GROUND, 'protocol', 'login'], typesOf: ['linking', 'session'], packages: 'any' },

  // The entry point nestjs-vodapay/protocol: usable without Nest, so nothing that would load it.
  'protocol-entry': { uses: ['errors', 'protocol'], typesOf: [], packages: [] },

  // The entry point nestjs-vodapay/swagger: decorators made from the table of errors; nothing else needs @nestjs/swagger.
  swagger: { uses: ['errors'], typesOf: ['login'], packages: ['@nestjs/common', '@nestjs/swagger'] },
  'swagger-entry': { uses: ['swagger'], typesOf: [], packages: [] },

  // The entry point nestjs-vodapay/testing: the module's own parts with a wallet in memory under them. Nobody imports it.
  testing: {
    uses: [...GROUND, 'wiring', 'protocol', 'inquiry', 'store', 'linking', 'login'],
    typesOf: [],
    packages: ['@nestjs/', 'axios', 'node:'],
  },
  'testing-entry': { uses: ['testing'], typesOf: [], packages: [] },

  // The program nestjs-vodapay: doctor, keygen, sign. It stands beside an application, never inside one: nobody imports it.
  cli: {
    uses: [...GROUND, 'wiring', 'protocol', 'inquiry', 'store'],
    typesOf: [],
    packages: ['node:', 'axios', 'typeorm'],
  },

  // Wiring: files at the root that put the parts together. Only index.ts may import the module.
  wiring: {
    uses: [...GROUND, 'store', 'coordination', ...PARTS],
    typesOf: [],
    packages: 'any',
  },
  module: {
    uses: [...GROUND, 'wiring', ...PARTS],
    typesOf: [],
    packages: 'any',
  },
  index: {
    uses: [...GROUND, 'wiring', 'module', ...PARTS],
    typesOf: ['coordination'],
    packages: 'any',
  },

  // Programs. The wallet is a second implementation of the protocol: it shares nothing with the library.
  'apps/sample': { uses: [], typesOf: [], packages: 'any' },
  // The mini program runs in a browser: it has its own files and nothing else.
  'apps/sample/web': { uses: [], typesOf: [], packages: [] },
  'apps/wallet': { uses: [], typesOf: [], packages: ['node:'] },
};

/** The library by name: what the sample must use, and the wallet must not. */
export const LIBRARY_NAME = 'nestjs-vodapay';
