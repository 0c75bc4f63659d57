import { Controller, HttpCode, Post, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import {
  VodaPayAuth,
  VodaPayAuthGuard,
  VodaPaySessionService,
  VodaPayUser,
  type VodaPayPrincipal,
} from 'nestjs-vodapay';
import { ApiRefusals } from '../docs/api-refusals.decorator.js';
import { FailedLoginsGuard } from './failed-logins.guard.js';
import { LoginAnswers } from './login-answers.service.js';
import { LoginAnswer, LoginRequest } from './login.models.js';

@ApiTags('auth')
@Controller('auth')
export class AuthController {
  constructor(
    private readonly answers: LoginAnswers,
    private readonly sessions: VodaPaySessionService,
  ) {}

  /** The guard has done the work: the code is spent, the account linked, the session open. */
  @Post('vodapay/login')
  @HttpCode(200)
  @UseGuards(FailedLoginsGuard, VodaPayAuthGuard)
  @VodaPayAuth({ credentials: ['authCode'] })
  @ApiBody({ type: LoginRequest })
  @ApiOkResponse({ type: LoginAnswer })
  @ApiRefusals(400, 401, 403, 409, 429, 502, 503, 504)
  login(@VodaPayUser() user: VodaPayPrincipal): Promise<LoginAnswer> {
    return this.answers.of(user);
  }

  /** Works while VodaPay is away too: nobody needs to be asked whether somebody may leave. */
  @Post('logout')
  @HttpCode(204)
  @UseGuards(VodaPayAuthGuard)
  @VodaPayAuth({ credentials: ['session'], revalidate: false })
  @ApiBearerAuth()
  @ApiNoContentResponse({ description: 'The session has ended.' })
  @ApiRefusals(400, 401, 503)
  async logout(@VodaPayUser('session') session: VodaPayPrincipal['session']): Promise<void> {
    if (session !== undefined) await this.sessions.end(session.id);
  }
}
