import { ApiProperty } from '@nestjs/swagger';

export class OrderAnswer {
  @ApiProperty({ format: 'uuid' })
  readonly id!: string;

  @ApiProperty({ format: 'uuid' })
  readonly accountId!: string;
}
