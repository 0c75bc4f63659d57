import {
  Body,
  Controller,
  Get,
  HttpCode,
  NotFoundException,
  Param,
  Post,
  Query,
  Req,
  Res,
  UnauthorizedException,
  UseFilters,
  UseGuards,
} from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { VodaPayLinkingService } from 'nestjs-vodapay';
import { linkCodePage, messagePage, verifyPage, welcomePage } from './pages.js';
import { SameOriginGuard } from './same-origin.guard.js';
import { WebsiteAccounts } from './website-accounts.service.js';
import { WebsiteRefusalFilter } from './website-refusal.filter.js';
import { WebsiteSessions } from './website-sessions.service.js';
import { DecisionRequest, SignInRequest, VerifyRequest } from './website.models.js';

/** The shop's website outside VodaPay: its customers sign in with e-mail and password, and link their wallet. */
@ApiExcludeController()
@UseGuards(SameOriginGuard)
@UseFilters(WebsiteRefusalFilter)
@Controller('website')
export class WebsiteController {
  constructor(
    private readonly accounts: WebsiteAccounts,
    private readonly sessions: WebsiteSessions,
    private readonly linking: VodaPayLinkingService,
  ) {}

  @Get()
  async welcome(@Req() request: Request): Promise<string> {
    return welcomePage((await this.sessions.accountOf(request)) !== undefined);
  }

  @Post('register')
  @HttpCode(200)
  async register(
    @Body() { email, password }: SignInRequest,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string> {
    await this.sessions.open(await this.accounts.register(email, password), response);
    return messagePage('Welcome', 'You are registered. Verify your e-mail with the link that we have sent to you.');
  }

  @Post('login')
  @HttpCode(200)
  async login(
    @Body() { email, password }: SignInRequest,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string> {
    await this.sessions.open(await this.accounts.signIn(email, password), response);
    return messagePage('Welcome back', 'You are signed in.');
  }

  @Get('verify')
  askToVerify(@Query() { token }: VerifyRequest): string {
    return verifyPage(token);
  }

  @Post('verify')
  @HttpCode(200)
  async verify(@Body() { token }: VerifyRequest, @Req() request: Request): Promise<string> {
    const verified = await this.accounts.verify(token, await this.sessions.accountOf(request));
    return messagePage('Your e-mail', verified ? 'It is verified.' : 'This link was used before, or is wrong.');
  }

  @Get('link-code')
  async approvals(@Req() request: Request): Promise<string> {
    return linkCodePage(await this.linking.pendingApprovals(await this.mustBeSignedIn(request)), Date.now());
  }

  /** A POST, because each code replaces the one before. */
  @Post('link-code')
  @HttpCode(200)
  async linkCode(@Req() request: Request): Promise<string> {
    const accountId = await this.mustBeSignedIn(request);
    const issued = await this.linking.issueLinkCode(accountId);
    return linkCodePage(await this.linking.pendingApprovals(accountId), Date.now(), issued);
  }

  @Post('approvals/:id')
  @HttpCode(200)
  async decide(
    @Param('id') id: string,
    @Body() { decision }: DecisionRequest,
    @Req() request: Request,
  ): Promise<string> {
    const accountId = await this.mustBeSignedIn(request);
    if (!(await this.linking[decision](accountId, id))) throw new NotFoundException();
    const done = { approve: 'Go back to the mini program: it is linked now.', reject: 'That wallet stays outside.' };
    return messagePage('Your VodaPay wallet', done[decision]);
  }

  private async mustBeSignedIn(request: Request): Promise<string> {
    const accountId = await this.sessions.accountOf(request);
    if (accountId === undefined) throw new UnauthorizedException();
    return accountId;
  }
}
