import { Body, Controller, Delete, Get, HttpCode, Patch, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { VodaPayAuthGuard, VodaPayLinkingService, VodaPayUser, type VodaPayPrincipal } from 'nestjs-vodapay';
import { AccountView, view } from '../accounts/account.models.js';
import { AccountsService } from '../accounts/accounts.service.js';
import { ApiRefusals } from '../docs/api-refusals.decorator.js';
import { LinksAnswer, linksAnswer } from './links.models.js';
import { CompleteAccountRequest, MeAnswer } from './me.models.js';

@ApiTags('me')
@ApiBearerAuth()
@Controller('me')
@UseGuards(VodaPayAuthGuard)
export class MeController {
  constructor(
    private readonly accounts: AccountsService,
    private readonly linking: VodaPayLinkingService,
  ) {}

  @Get()
  @ApiOkResponse({ type: MeAnswer })
  @ApiRefusals(400, 401, 403, 502, 503)
  async me(@VodaPayUser() { accountId, userId, linkedAt }: VodaPayPrincipal): Promise<MeAnswer> {
    return { account: view(await this.accounts.get(accountId)), vodaPay: { userId, linkedAt } };
  }

  @Patch()
  @ApiOkResponse({ type: AccountView })
  @ApiRefusals(400, 401, 403, 502, 503)
  async complete(
    @VodaPayUser('accountId') accountId: string,
    @Body() { displayName, email }: CompleteAccountRequest,
  ): Promise<AccountView> {
    const details = { ...(displayName !== undefined && { displayName }), ...(email !== undefined && { email }) };
    return view(await this.accounts.complete(accountId, details));
  }

  /** How the customer can sign in with VodaPay, and what happened to it. */
  @Get('links')
  @ApiOkResponse({ type: LinksAnswer })
  @ApiRefusals(400, 401, 403, 502, 503)
  async links(@VodaPayUser('accountId') accountId: string): Promise<LinksAnswer> {
    return linksAnswer(await this.linking.linksOf(accountId), await this.linking.events(accountId));
  }

  /** Ends this sign-in with VodaPay, unless there is no other; a session older than five minutes must sign in anew. */
  @Delete('vodapay')
  @HttpCode(204)
  @ApiNoContentResponse({ description: 'VodaPay opens this account no more.' })
  @ApiRefusals(400, 401, 403, 409, 502, 503)
  unlink(@VodaPayUser() user: VodaPayPrincipal): Promise<void> {
    return this.linking.unlink(user);
  }
}
