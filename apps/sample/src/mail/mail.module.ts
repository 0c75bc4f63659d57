import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { CodesByMail, NoticesByMail } from './link-mails.service.js';
import { Mails } from './mails.service.js';
import { OutboxController } from './outbox.controller.js';

@Module({
  imports: [AccountsModule],
  controllers: [OutboxController],
  providers: [Mails, CodesByMail, NoticesByMail],
  exports: [Mails, CodesByMail, NoticesByMail],
})
export class MailModule {}
