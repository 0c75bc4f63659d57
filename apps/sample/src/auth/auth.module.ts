import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { ConfirmController } from './confirm.controller.js';
import { LoginAnswers } from './login-answers.service.js';
import { AuthController } from './auth.controller.js';

@Module({ imports: [AccountsModule], controllers: [AuthController, ConfirmController], providers: [LoginAnswers] })
export class AuthModule {}
