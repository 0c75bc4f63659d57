import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { AuthController } from './auth.controller.js';

@Module({ imports: [AccountsModule], controllers: [AuthController] })
export class AuthModule {}
