import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsEmail, IsString, Length, Matches, MaxLength, ValidateIf } from 'class-validator';
import { AccountView } from '../accounts/account.models.js';

/** The missing details, one of them or both. */
export class CompleteAccountRequest {
  @ApiPropertyOptional({ minLength: 1, maxLength: 64 })
  @ValidateIf((body: CompleteAccountRequest) => body.displayName !== undefined || body.email === undefined)
  @Trimmed()
  @IsString({ message: 'displayName must be a text (give displayName, email or both)' })
  @Length(1, 64)
  @Matches(/^\P{C}*$/u, { message: 'displayName must be on one line' })
  readonly displayName?: string;

  @ApiPropertyOptional({ format: 'email', maxLength: 254 })
  @ValidateIf((body: CompleteAccountRequest) => body.email !== undefined)
  @Trimmed()
  @IsEmail({}, { message: 'This does not look like an e-mail address' })
  @MaxLength(254)
  readonly email?: string;
}

export class VodaPayView {
  @ApiProperty()
  readonly userId!: string;

  @ApiProperty({ description: 'Epoch milliseconds.' })
  readonly linkedAt!: number;
}

export class MeAnswer {
  @ApiProperty()
  readonly account!: AccountView;

  @ApiProperty()
  readonly vodaPay!: VodaPayView;
}

function Trimmed(): PropertyDecorator {
  return Transform(({ value }: { readonly value: unknown }) => (typeof value === 'string' ? value.trim() : value));
}
