import { Module, type DynamicModule } from '@nestjs/common';
import { ThrottlerStorageService } from '@nestjs/throttler';
import { AccountsModule } from '../accounts/accounts.module.js';
import { AuthController } from './auth.controller.js';
import { ConfirmController } from './confirm.controller.js';
import { FAILED_LOGINS_PER_MINUTE } from './failed-logins.limit.js';
import { LoginAnswers } from './login-answers.service.js';

@Module({
  imports: [AccountsModule],
  controllers: [AuthController, ConfirmController],
  providers: [LoginAnswers, ThrottlerStorageService],
})
export class AuthModule {
  static forRoot(failedLoginsPerMinute: number): DynamicModule {
    return {
      module: AuthModule,
      providers: [{ provide: FAILED_LOGINS_PER_MINUTE, useValue: failedLoginsPerMinute }],
    };
  }
}
