import { databaseFile } from './files/database.file.js';
import { withIgnored, withSettings } from './files/environment.files.js';
import { newKeyPair } from './files/key-pair.js';
import { signInFiles } from './files/sign-in.files.js';
import { addAccountDirectory, type AddedDirectory } from './project/add-account-directory.js';
import { findAppModule } from './project/app-module.js';
import { usesTypeOrm } from './project/database-options.js';
import { addDependencies } from './project/dependencies.js';
import { extendDatabase } from './project/extend-database.js';
import { importEnding } from './project/import-ending.js';
import { nestMajor } from './project/nest-major.js';
import { Project } from './project/project.js';
import type { Rule, SchematicContext, SchematicOptions, Tree } from './schematic.js';
import { addImport } from './source/add-import.js';
import { addToArray } from './source/add-to-array.js';
import { editSource } from './source/edit-source.js';
import { loadTypeScript } from './source/load-typescript.js';

/** `nest add nestjs-vodapay`. Asks nothing; a second run changes nothing. */
export function nestAdd({ sourceRoot = 'src', skipInstall = false }: SchematicOptions): Rule {
  return (tree, context) => {
    const project = new Project(loadTypeScript(process.cwd()), tree, sourceRoot.replaceAll(/^\/|\/$/g, ''));
    const ending = importEnding(project, findAppModule(project).path);
    const hasDatabase = usesTypeOrm(project);
    const added = addDependencies(project, nestMajor(project), { sqlite: !hasDatabase });
    const directory = addAccountDirectory(project, ending);
    addSignIn(project, ending, { hasDatabase });
    const notes = extendDatabase(project, directory.parts, ending);
    addSettings(project);
    if (added && !skipInstall) install(tree, context);
    say(context, directory, notes);
    return tree;
  };
}

function addSignIn(project: Project, ending: string, { hasDatabase }: { readonly hasDatabase: boolean }): void {
  for (const [name, text] of Object.entries(signInFiles(ending))) {
    project.writeOnce(`${project.sourceRoot}/vodapay/${name}`, text);
  }
  if (!hasDatabase) {
    project.writeOnce(`${project.sourceRoot}/database.ts`, databaseFile(ending));
    const connection = 'TypeOrmModule.forRootAsync({ useFactory: databaseOptions })';
    addToAppModule(project, connection, ['TypeOrmModule'], '@nestjs/typeorm');
    addToAppModule(project, connection, ['databaseOptions'], `./database${ending}`);
  }
  addToAppModule(project, 'VodaPaySignInModule', ['VodaPaySignInModule'], `./vodapay/vodapay-sign-in.module${ending}`);
}

function addToAppModule(project: Project, element: string, names: readonly string[], from: string): void {
  const { typescript: api } = project;
  const { path, options } = findAppModule(project);
  const added = addToArray(api, options, 'imports', [element]);
  if (added === undefined)
    throw new Error(`nestjs-vodapay: imports of ${path} is no array in place; add ${element} there.`);
  const imported = addImport(api, options.getSourceFile(), names, from);
  project.write(path, editSource(project.read(path), [...imported, ...added]));
}

function addSettings(project: Project): void {
  const current = (path: string): string => (project.exists(path) ? project.read(path) : '');
  for (const path of ['.env', '.env.example']) project.write(path, withSettings(current(path)));
  project.write(
    '.gitignore',
    withIgnored(current('.gitignore'), ['.env', '.vodapay/', '*.sqlite*', 'node_modules', 'dist']),
  );
  for (const owner of ['merchant', 'wallet']) {
    if (project.exists(`.vodapay/${owner}-private.pem`)) continue;
    const { privateKey, publicKey } = newKeyPair();
    project.writeOnce(`.vodapay/${owner}-private.pem`, privateKey);
    project.write(`.vodapay/${owner}-public.pem`, publicKey);
  }
}

const LOCKFILES = {
  'yarn.lock': 'yarn',
  'pnpm-lock.yaml': 'pnpm',
  'bun.lock': 'bun',
  'package-lock.json': 'npm',
} as const;

/** The devkit's own task by its name, so that nothing of it is imported. */
function install(tree: Tree, context: SchematicContext): void {
  const packageManager = Object.entries(LOCKFILES).find(([file]) => tree.exists(file))?.[1] ?? 'npm';
  const options = { command: 'install', quiet: true, packageManager };
  context.addTask({ toConfiguration: () => ({ name: 'node-package', options }) });
}

function say({ logger }: SchematicContext, { entity }: AddedDirectory, notes: readonly string[]): void {
  logger.info(`VodaPay users get rows of ${entity.className} (${entity.path}).`);
  if (entity.required.length > 0) {
    logger.warn(
      `${entity.className} has columns that VodaPay can't fill: ${entity.required.join(', ')}. See vodapay-accounts.ts.`,
    );
  }
  for (const note of notes) logger.warn(note);
  logger.info('The library makes no table by itself: run your migrations, unless migrationsRun is on.');
  logger.info('Next: npm run vodapay:wallet, and npm start beside it.');
}
