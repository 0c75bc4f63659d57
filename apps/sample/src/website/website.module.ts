import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccountsModule } from '../accounts/accounts.module.js';
import { MailModule } from '../mail/mail.module.js';
import { Credential } from './credential.entity.js';
import { WebsiteAccounts } from './website-accounts.service.js';
import { WebsiteSession } from './website-session.entity.js';
import { WebsiteSessions } from './website-sessions.service.js';
import { WebsiteController } from './website.controller.js';

@Module({
  imports: [AccountsModule, MailModule, TypeOrmModule.forFeature([Credential, WebsiteSession])],
  controllers: [WebsiteController],
  providers: [WebsiteAccounts, WebsiteSessions],
})
export class WebsiteModule {}
