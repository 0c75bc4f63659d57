import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Credential } from '../website/credential.entity.js';
import { WebsiteSession } from '../website/website-session.entity.js';
import { Account } from './account.entity.js';
import { AccountsService } from './accounts.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([Account, Credential, WebsiteSession])],
  providers: [AccountsService],
  exports: [AccountsService],
})
export class AccountsModule {}
