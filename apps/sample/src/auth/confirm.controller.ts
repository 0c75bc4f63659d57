import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { VodaPayLoginService } from 'nestjs-vodapay';
import { ApiRefusals } from '../docs/api-refusals.decorator.js';
import { InvalidBody } from '../refusals/invalid-body.js';
import { ConfirmRequest } from './confirm.models.js';
import { LoginAnswers } from './login-answers.service.js';
import { LoginAnswer } from './login.models.js';

/** Goes on with a login that must prove an account first: the ticket is the credential. */
@ApiTags('auth')
@Controller('auth/vodapay')
export class ConfirmController {
  constructor(
    private readonly login: VodaPayLoginService,
    private readonly answers: LoginAnswers,
  ) {}

  @Post('confirm')
  @HttpCode(200)
  @ApiOkResponse({ type: LoginAnswer })
  @ApiRefusals(400, 401, 403, 409, 429, 503)
  async confirm(@Body() { ticket, code, decline }: ConfirmRequest): Promise<LoginAnswer> {
    if ((code === undefined) === (decline === undefined)) throw new InvalidBody('Give either code or decline: true.');
    return this.answers.of(
      code === undefined ? await this.login.decline(ticket) : await this.login.confirm({ ticket, code }),
    );
  }
}
