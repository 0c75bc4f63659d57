import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

/** How the sample refuses, whatever the reason. */
export class Refusal {
  @ApiProperty({ example: 401 })
  readonly statusCode!: number;

  @ApiProperty({ example: 'VODAPAY_AUTH_CODE_USED', description: 'Stable; decide by it, never by the message.' })
  readonly code!: string;

  @ApiProperty({ example: 'This auth code was used before. Get a new one from the mini program.' })
  readonly message!: string;

  @ApiProperty({ enum: ['retry', 'new-auth-code', 'sign-in', 'none'], description: 'What the client does next.' })
  readonly next!: 'retry' | 'new-auth-code' | 'sign-in' | 'none';

  @ApiPropertyOptional({ description: 'Of VODAPAY_LINK_PROOF_REQUIRED: send it to /auth/vodapay/confirm. A secret.' })
  readonly ticket?: string;

  @ApiPropertyOptional({ enum: ['email', 'phone', 'link-code', 'approval'], description: 'How the proof comes.' })
  readonly delivery?: 'email' | 'phone' | 'link-code' | 'approval';

  @ApiPropertyOptional({
    type: [String],
    description: 'Of VODAPAY_PROFILE_INCOMPLETE: details to give with PATCH /me.',
  })
  readonly missing?: readonly string[];
}
