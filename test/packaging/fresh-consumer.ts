import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { libraryTarball } from './library-tarball.js';

const TEMPLATES = fileURLToPath(new URL('./consumers/', import.meta.url));
const execute = promisify(execFile);

export interface FreshConsumer {
  /** Runs `npm <args>` in the consumer; gives back what it printed, or throws with it. */
  npm(args: readonly string[], environment?: Readonly<Record<string, string>>): Promise<string>;
  remove(): void;
}

/** Copies a template of `consumers/` out of the repository and installs it with the packed library, as a user would. */
export async function freshConsumer(template: string): Promise<FreshConsumer> {
  const folder = mkdtempSync(join(tmpdir(), `${template}-`));
  cpSync(join(TEMPLATES, template), folder, { recursive: true });
  cpSync(join(TEMPLATES, 'shared'), join(folder, 'src'), { recursive: true });
  cpSync(libraryTarball(), join(folder, 'nestjs-vodapay.tgz'));

  const npm: FreshConsumer['npm'] = async (args, environment = {}) => {
    const database = { DATABASE_FILE: join(folder, `${args.join('-')}.sqlite`) };
    try {
      const { stdout } = await execute('npm', args, {
        cwd: folder,
        env: { ...outerEnvironment(), ...database, ...environment },
        maxBuffer: 16_777_216,
      });
      return stdout;
    } catch (error) {
      throw new Error(`npm ${args.join(' ')} failed in ${template}:\n${outputOf(error)}`, { cause: error });
    }
  };
  await npm(['install', '--strict-peer-deps', '--no-audit', '--no-fund', '--loglevel', 'error']);
  return { npm, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Without what npm and Vitest tell their own children: the consumer is no part of this repository. */
function outerEnvironment(): Record<string, string | undefined> {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(?:npm_(?!config_)|VITEST|NODE_OPTIONS|NODE_ENV|TEST$)/.test(name),
  );
  return Object.fromEntries(kept);
}

function outputOf(error: unknown): string {
  const { stdout = '', stderr = '' } = error as { readonly stdout?: string; readonly stderr?: string };
  return `${stdout}\n${stderr}`;
}
