import type { DataSource } from 'typeorm';
import { StatementRunner } from '../store/statement-runner.js';
import { personSql, type PersonSql } from './person.sql.js';

/** PostgreSQL and MariaDB give bigints back as text. */
type Bigint = string | number;

interface PersonLinkRow {
  readonly id: string;
  readonly client_id: string;
  readonly vodapay_user_id: string;
  readonly account_id: string | null;
  readonly state: string;
  readonly linked_at: Bigint | null;
}

interface PersonSessionRow {
  readonly id: string;
  readonly client_id: string;
  readonly created_at: Bigint;
  readonly last_seen_at: Bigint | null;
  readonly validated_at: Bigint;
  readonly expires_at: Bigint;
  readonly access_token: string | null;
  readonly refresh_token: string | null;
}

export interface PersonTicketRow {
  readonly id: string;
  readonly client_id: string;
  readonly vodapay_user_id: string;
  readonly account_id: string | null;
  readonly state: string;
  readonly expires_at: Bigint;
  readonly sealed: string;
}

interface PersonCodeRow {
  readonly account_id: string;
  readonly expires_at: Bigint;
}

type ReadName = Extract<keyof PersonSql, `${string}Of${string}`> &
  `${'links' | 'sessions' | 'tickets' | 'codes'}${string}`;
type RemoveName = Extract<keyof PersonSql, `remove${string}`>;

/** What of a `Row` a statement gives. */
type RowOf<N extends ReadName> = N extends `links${string}`
  ? PersonLinkRow
  : N extends `sessions${string}`
    ? PersonSessionRow
    : N extends `tickets${string}`
      ? PersonTicketRow
      : PersonCodeRow;

/** A person's rows in the tables of the library. Every method is one statement; throws as `StatementRunner`. */
export class PersonDataRepository {
  private readonly statements: StatementRunner;
  private sqlOnceConnected: PersonSql | undefined;

  constructor(
    private readonly dataSource: DataSource,
    private readonly namespace: string,
  ) {
    this.statements = new StatementRunner(dataSource);
  }

  read<N extends ReadName>(name: N, id: string): Promise<readonly RowOf<N>[]> {
    return this.statements.read<RowOf<N>>(this.sql[name], [this.namespace, id]);
  }

  /** How many rows went. */
  remove(name: RemoveName, id: string): Promise<number> {
    return this.statements.remove(this.sql[name], [this.namespace, id]);
  }

  /** Takes the account ids out of the events of one identity, up to a time (epoch milliseconds). */
  async forgetInEvents(identityHash: string, until: number): Promise<void> {
    await this.statements.write(this.sql.forgetInEvents, [identityHash, until]);
  }

  async tellErased(event: {
    readonly id: string;
    readonly at: number;
    readonly policy: string;
    readonly linkId: string;
    readonly identityHash: string;
  }): Promise<void> {
    const { id, at, policy, linkId, identityHash } = event;
    await this.statements.write(this.sql.tellErased, [id, at, this.namespace, policy, linkId, identityHash]);
  }

  /** Table names come from the entity's metadata, which exists once the data source is initialised. */
  private get sql(): PersonSql {
    this.sqlOnceConnected ??= personSql(this.dataSource);
    return this.sqlOnceConnected;
  }
}
