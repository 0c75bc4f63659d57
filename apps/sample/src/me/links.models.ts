import { ApiProperty } from '@nestjs/swagger';
import type { LinkEventView, LinkView } from 'nestjs-vodapay';

export class LinkAnswer {
  @ApiProperty({ format: 'uuid' })
  readonly id!: string;

  @ApiProperty()
  readonly userId!: string;

  @ApiProperty({ description: 'Epoch milliseconds.' })
  readonly linkedAt!: number;
}

export class LinkEventAnswer {
  @ApiProperty({ format: 'uuid' })
  readonly id!: string;

  @ApiProperty({ enum: ['linked', 'moved', 'unlinked'] })
  readonly kind!: LinkEventView['kind'];

  @ApiProperty({ enum: ['user', 'merchant'] })
  readonly actor!: LinkEventView['actor'];

  @ApiProperty({ description: 'Why, as a code.' })
  readonly reason!: LinkEventView['reason'];

  @ApiProperty({ description: 'Epoch milliseconds.' })
  readonly happenedAt!: number;
}

export class LinksAnswer {
  @ApiProperty({ type: [LinkAnswer] })
  readonly links!: readonly LinkAnswer[];

  @ApiProperty({ type: [LinkEventAnswer], description: 'The newest first.' })
  readonly events!: readonly LinkEventAnswer[];
}

export function linksAnswer(links: readonly LinkView[], events: readonly LinkEventView[]): LinksAnswer {
  return {
    links: links.map(({ id, userId, linkedAt }) => ({ id, userId, linkedAt })),
    events: events.map(({ id, kind, actor, reason, happenedAt }) => ({ id, kind, actor, reason, happenedAt })),
  };
}
