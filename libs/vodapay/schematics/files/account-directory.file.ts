import type { UserEntity } from '../project/user-entity.js';

/** The AccountDirectory over this entity; `from` is the entity's module specifier. */
export function accountDirectoryFile(entity: UserEntity, from: string, ending: string): string {
  return entity.id.type === 'string' ? ownKey(entity, from) : mappedKey(entity, from, ending);
}

/** Where ids are text, the key that the library gives is the id as well. */
function ownKey(entity: UserEntity, from: string): string {
  const { className, id } = entity;
  return `import { Injectable } from '@nestjs/common';
import { AccountDirectory, type AccountStatus, type VodaPayProfile } from 'nestjs-vodapay';
import { DataSource } from 'typeorm';
import { ${className} } from '${from}';

/** The accounts that VodaPay users get: rows of ${className}. */
@Injectable()
export class VodaPayAccounts extends AccountDirectory {
  constructor(private readonly database: DataSource) {
    super();
  }

  /** The same key must give the same account, so the key is the account's id. */
  async create(${profileOf(entity)}: VodaPayProfile, { idempotencyKey }: { readonly idempotencyKey: string }) {
    const accounts = this.database.getRepository(${className});${remarkOn(entity)}
    try {
      await accounts.insert({ ${[`${id.name}: idempotencyKey`, ...named(entity)].join(', ')} });
    } catch (error) {
      if ((await this.find(idempotencyKey)) === undefined) throw error; // else it is there already
    }
    return { id: idempotencyKey };
  }

  async find(id: string): Promise<AccountStatus | undefined> {
    const account = await this.database.getRepository(${className}).findOneBy({ ${id.name === 'id' ? 'id' : `${id.name}: id`} });
    return account === null ? undefined : { state: ${stateOf(entity)}, missing: [] };
  }
}
`;
}

/** Where the database makes the ids, a table of its own remembers which key got which account. */
function mappedKey(entity: UserEntity, from: string, ending: string): string {
  const { className, id } = entity;
  return `import { Injectable } from '@nestjs/common';
import { AccountDirectory, type AccountStatus, type VodaPayProfile } from 'nestjs-vodapay';
import { DataSource } from 'typeorm';
import { ${className} } from '${from}';
import { VodaPayAccountKey } from './vodapay-account-key.entity${ending}';

/** The accounts that VodaPay users get: rows of ${className}. */
@Injectable()
export class VodaPayAccounts extends AccountDirectory<number> {
  override readonly parseId = Number;

  constructor(private readonly database: DataSource) {
    super();
  }

  /** The same key must give the same account, so each key is kept with the account that it got. */
  async create(${profileOf(entity)}: VodaPayProfile, { idempotencyKey: key }: { readonly idempotencyKey: string }) {
    const keys = this.database.getRepository(VodaPayAccountKey);
    const made = await keys.findOneBy({ key });
    if (made !== null) return { id: Number(made.accountId) };
    return this.database.transaction(async (transaction) => {${remarkOn(entity)}
      const { identifiers } = await transaction.insert(${className}, { ${named(entity).join(', ')} });
      const id = Number(identifiers[0]?.${id.name});
      await transaction.insert(VodaPayAccountKey, { key, accountId: String(id) });
      return { id };
    });
  }

  async find(id: number): Promise<AccountStatus | undefined> {
    const account = await this.database.getRepository(${className}).findOneBy({ ${id.name === 'id' ? 'id' : `${id.name}: id`} });
    return account === null ? undefined : { state: ${stateOf(entity)}, missing: [] };
  }
}
`;
}

function profileOf({ displayName }: UserEntity): string {
  return displayName === undefined ? '_profile' : 'profile';
}

function named({ displayName }: UserEntity): readonly string[] {
  return displayName === undefined ? [] : [`${displayName}: profile.nickName ?? ''`];
}

function stateOf({ active }: UserEntity): string {
  if (active === undefined) return "'active'";
  return `account.${active.name} === ${active.when} ? 'active' : 'disabled'`;
}

function remarkOn({ className, required }: UserEntity): string {
  if (required.length === 0) return '';
  return `\n    // ${className} wants more than VodaPay tells: ${required.join(', ')}. Give them a value here, or let them be empty.`;
}
