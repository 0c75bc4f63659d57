import { Body, Controller, HttpCode, Post, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { VodaPayAuthGuard, VodaPayLinkingService, VodaPayUser, type VodaPayPrincipal } from 'nestjs-vodapay';
import { ApiRefusals } from '../docs/api-refusals.decorator.js';
import { ConfirmMoveRequest, MoveAnswer } from './move.models.js';

/** For a customer who ended up with two accounts: her VodaPay sign-in goes to the one that she has at the website. */
@ApiTags('me')
@ApiBearerAuth()
@Controller('me/vodapay/move')
@UseGuards(VodaPayAuthGuard)
export class MoveController {
  constructor(private readonly linking: VodaPayLinkingService) {}

  /** A session older than five minutes must sign in anew. */
  @Post()
  @HttpCode(200)
  @ApiOkResponse({ type: MoveAnswer })
  @ApiRefusals(400, 401, 403, 502, 503)
  begin(@VodaPayUser() user: VodaPayPrincipal): Promise<MoveAnswer> {
    return this.linking.requestMove(user);
  }

  /** Answers 409 with delivery `approval` until the other account's owner has said yes at the website: send it again. */
  @Post('confirm')
  @HttpCode(204)
  @ApiNoContentResponse({ description: 'VodaPay opens the other account; this session has ended.' })
  @ApiRefusals(400, 401, 403, 409, 429, 502, 503)
  confirm(@VodaPayUser() user: VodaPayPrincipal, @Body() { ticket, code }: ConfirmMoveRequest): Promise<void> {
    return this.linking.confirmMove(user, ticket, code);
  }
}
