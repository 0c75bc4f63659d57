import { Body, Controller, Delete, Get, Patch, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { VodaPayAuthGuard, VodaPayError, VodaPayUser, type VodaPayPrincipal } from 'nestjs-vodapay';
import { AccountView, view } from '../accounts/account.models.js';
import { AccountsService } from '../accounts/accounts.service.js';
import { ApiRefusals } from '../docs/api-refusals.decorator.js';
import { CompleteAccountRequest, MeAnswer } from './me.models.js';

@ApiTags('me')
@ApiBearerAuth()
@Controller('me')
@UseGuards(VodaPayAuthGuard)
export class MeController {
  constructor(private readonly accounts: AccountsService) {}

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

  /** This shop knows no other way to sign in, so the link to VodaPay is always the last one. */
  @Delete('vodapay')
  @ApiRefusals(400, 401, 403, 409, 502, 503)
  unlink(): never {
    throw new VodaPayError('VODAPAY_LAST_SIGN_IN_METHOD');
  }
}
