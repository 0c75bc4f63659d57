import { posix } from 'node:path';
import { ACCOUNT_ENTITY, ACCOUNT_MIGRATION } from '../files/account.files.js';
import { accountDirectoryFile } from '../files/account-directory.file.js';
import { ACCOUNT_KEY_ENTITY, ACCOUNT_KEY_MIGRATION } from '../files/account-key.files.js';
import type { Project } from './project.js';
import { findUserEntity, type UserEntity } from './user-entity.js';

/** Something that TypeORM has to know: the expression in its options, and from where that is imported. */
export interface DatabasePart {
  readonly property: 'entities' | 'migrations';
  readonly name: string;
  readonly path: string;
}

export interface AddedDirectory {
  readonly entity: UserEntity;
  /** What was written beside the directory and belongs into TypeORM's options. */
  readonly parts: readonly DatabasePart[];
}

/** Writes the AccountDirectory over the user entity that it finds, or over one of its own. */
export function addAccountDirectory(project: Project, ending: string): AddedDirectory {
  const folder = `${project.sourceRoot}/vodapay`;
  const entity = findUserEntity(project) ?? writeAccount(project, folder);
  const parts = [
    ...(entity.path.startsWith(`${folder}/`) ? ownAccount(folder) : []),
    ...keyTable(project, folder, entity),
  ];
  const from = posix.relative(folder, entity.path).replace(/\.ts$/, ending);
  const specifier = from.startsWith('.') ? from : `./${from}`;
  project.writeOnce(`${folder}/vodapay-accounts.ts`, accountDirectoryFile(entity, specifier, ending));
  return { entity, parts };
}

function writeAccount(project: Project, folder: string): UserEntity {
  project.writeOnce(`${folder}/account.entity.ts`, ACCOUNT_ENTITY);
  project.writeOnce(`${folder}/create-account.migration.ts`, ACCOUNT_MIGRATION);
  const entity = findUserEntity(project);
  if (entity === undefined) throw new Error(`nestjs-vodapay: ${folder}/account.entity.ts is not read as an entity.`);
  return entity;
}

function ownAccount(folder: string): readonly DatabasePart[] {
  return [
    { property: 'entities', name: 'Account', path: `${folder}/account.entity` },
    { property: 'migrations', name: 'CreateAccount1763900000000', path: `${folder}/create-account.migration` },
  ];
}

function keyTable(project: Project, folder: string, { id }: UserEntity): readonly DatabasePart[] {
  if (id.type === 'string') return [];
  project.writeOnce(`${folder}/vodapay-account-key.entity.ts`, ACCOUNT_KEY_ENTITY);
  project.writeOnce(`${folder}/create-vodapay-account-key.migration.ts`, ACCOUNT_KEY_MIGRATION);
  return [
    { property: 'entities', name: 'VodaPayAccountKey', path: `${folder}/vodapay-account-key.entity` },
    {
      property: 'migrations',
      name: 'CreateVodaPayAccountKey1763900000001',
      path: `${folder}/create-vodapay-account-key.migration`,
    },
  ];
}
