import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Equals, IsOptional, IsString, MaxLength } from 'class-validator';

/** The ticket of a login that was answered with VODAPAY_LINK_PROOF_REQUIRED, and one of the two answers to it. */
export class ConfirmRequest {
  @ApiProperty({ maxLength: 128 })
  @IsString()
  @MaxLength(128)
  readonly ticket!: string;

  @ApiPropertyOptional({ maxLength: 64, description: 'The code that was sent, or the link code of the website.' })
  @IsOptional()
  @IsString()
  @MaxLength(64)
  readonly code?: string;

  @ApiPropertyOptional({ enum: [true], description: 'A fresh account instead of the one found.' })
  @IsOptional()
  @Equals(true)
  readonly decline?: true;
}
