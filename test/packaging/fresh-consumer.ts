import { execFile, spawn, type ChildProcessByStdio } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { libraryTarball } from './library-tarball.js';
import { outerEnvironment } from './outer-environment.js';

/** Template → what it takes of the others, and where that goes. */
const SHARED: Readonly<Record<string, readonly (readonly [shared: string, to: string])[]>> = {
  'nest-11': [
    ['shared', 'src'],
    ['commonjs', 'src'],
  ],
  'nest-11-contexts': [['shared/app.ts', 'src/app.ts']],
  'nest-12': [
    ['shared', 'src'],
    ['shared', 'commonjs/src'],
    ['commonjs', 'commonjs/src'],
  ],
};

const TEMPLATES = fileURLToPath(new URL('./consumers/', import.meta.url));
const execute = promisify(execFile);

export interface FreshConsumer {
  readonly folder: string;
  /** Runs `npm <args>` in the consumer; gives back what it printed, or throws with it. */
  npm(args: readonly string[], environment?: Environment): Promise<string>;
  /** Runs one of its files with a Node of this path. */
  node(node: string, file: string, environment?: Environment): Promise<string>;
  /** Starts one of its files and leaves it running. */
  start(file: string, environment?: Environment): ChildProcessByStdio<null, Readable, null>;
  /** What its own TypeScript says of the application in strict mode; unless told otherwise, of the types of all packages too. */
  compile(options: Readonly<Record<string, string | boolean>>): Promise<string>;
  remove(): void;
}

type Environment = Readonly<Record<string, string>>;

/** Copies a template of `consumers/` out of the repository and installs it with the packed library, as a user would. */
export async function freshConsumer(template: string): Promise<FreshConsumer> {
  const folder = mkdtempSync(join(tmpdir(), `${template}-`));
  const copy = (from: string, to: string): void => cpSync(join(TEMPLATES, from), join(folder, to), { recursive: true });
  copy(template, '.');
  for (const [shared, to] of SHARED[template] ?? []) copy(shared, to);
  cpSync(libraryTarball(), join(folder, 'nestjs-vodapay.tgz'));

  let runs = 0;
  const run = async (program: string, args: readonly string[], environment: Environment = {}): Promise<string> => {
    const database = { DATABASE_FILE: join(folder, `${(runs += 1)}.sqlite`) };
    try {
      const { stdout } = await execute(program, args, {
        cwd: folder,
        env: { ...outerEnvironment(), ...database, ...environment },
        maxBuffer: 16_777_216,
      });
      return stdout;
    } catch (error) {
      throw new Error(`${program} ${args.join(' ')} failed in ${template}:\n${outputOf(error)}`, { cause: error });
    }
  };
  const npm: FreshConsumer['npm'] = (args, environment) => run('npm', args, environment);
  await npm(['install', '--strict-peer-deps', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel', 'error']);
  return {
    folder,
    npm,
    node: (node, file, environment) => run(node, [file], environment),
    start: (file, environment) => {
      const env = { ...outerEnvironment(), DATABASE_FILE: join(folder, 'started.sqlite'), ...environment };
      return spawn(process.execPath, [file], { cwd: folder, env, stdio: ['ignore', 'pipe', 'inherit'] });
    },
    compile: (options) => {
      const compilerOptions = { ...STRICT, ...options };
      const project = { compilerOptions, files: ['src/app.ts', 'src/entry-points.ts'] };
      writeFileSync(join(folder, 'tsconfig.strict.json'), JSON.stringify(project));
      return npm(['exec', '--', 'tsc', '-p', 'tsconfig.strict.json']);
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

const STRICT = {
  target: 'ES2023',
  strict: true,
  skipLibCheck: false,
  noEmit: true,
  types: ['node'],
  esModuleInterop: true,
  experimentalDecorators: true,
  emitDecoratorMetadata: true,
};

function outputOf(error: unknown): string {
  const { stdout = '', stderr = '' } = error as { readonly stdout?: string; readonly stderr?: string };
  return `${stdout}\n${stderr}`;
}
