import { ApiProperty } from '@nestjs/swagger';
import { IsString, MaxLength } from 'class-validator';
import type { RequestedMove } from 'nestjs-vodapay';

/** A move that waits for the proof of the account it goes to. */
export class MoveAnswer implements RequestedMove {
  @ApiProperty({ description: 'Send it back with the code. A secret.' })
  readonly ticket!: string;

  @ApiProperty({ enum: ['email', 'phone', 'link-code', 'approval'], description: 'How the proof comes.' })
  readonly delivery!: RequestedMove['delivery'];
}

export class ConfirmMoveRequest {
  @ApiProperty({ maxLength: 128 })
  @IsString()
  @MaxLength(128)
  readonly ticket!: string;

  @ApiProperty({
    maxLength: 64,
    description: 'The link code that the website shows to the owner of the other account.',
  })
  @IsString()
  @MaxLength(64)
  readonly code!: string;
}
