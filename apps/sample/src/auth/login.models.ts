import { ApiProperty } from '@nestjs/swagger';
import { AccountSummary } from '../accounts/account.models.js';

/** Read by `VodaPayAuthGuard`, before any pipe. */
export class LoginRequest {
  @ApiProperty({ maxLength: 128, description: 'The one-time code of my.getAuthCode.' })
  readonly authCode!: string;
}

export class SessionView {
  @ApiProperty({ description: 'Send it as "Authorization: Bearer". It is shown once.' })
  readonly token!: string;

  @ApiProperty({ description: 'Epoch milliseconds.' })
  readonly expiresAt!: number;
}

export class LoginAnswer {
  @ApiProperty()
  readonly session!: SessionView;

  @ApiProperty()
  readonly account!: AccountSummary;

  @ApiProperty({ enum: ['created', 'existing', 'linked'], description: 'What this login did with the account.' })
  readonly outcome!: 'created' | 'existing' | 'linked';
}
