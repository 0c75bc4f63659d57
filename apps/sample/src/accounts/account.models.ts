import { ApiProperty } from '@nestjs/swagger';
import type { Account } from './account.entity.js';
import { missingDetails, type AccountDetail } from './accounts.service.js';

/** The account as a login shows it. */
export class AccountSummary {
  @ApiProperty({ format: 'uuid' })
  readonly id!: string;

  @ApiProperty({ type: String, nullable: true, description: 'Null while nobody told a name.' })
  readonly displayName!: string | null;

  @ApiProperty({ enum: ['displayName', 'email'], isArray: true, description: 'Details to give with PATCH /me.' })
  readonly missing!: readonly AccountDetail[];
}

/** The account as its owner sees it. */
export class AccountView extends AccountSummary {
  @ApiProperty({ type: String, nullable: true, description: 'What the customer gave, unverified.' })
  readonly email!: string | null;
}

export function summarise(account: Account): AccountSummary {
  return { id: account.id, displayName: account.displayName, missing: missingDetails(account) };
}

export function view(account: Account): AccountView {
  const { id, displayName, missing } = summarise(account);
  return { id, displayName, missing, email: account.email };
}
