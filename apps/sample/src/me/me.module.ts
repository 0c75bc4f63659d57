import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { MeController } from './me.controller.js';
import { MoveController } from './move.controller.js';

@Module({ imports: [AccountsModule], controllers: [MeController, MoveController] })
export class MeModule {}
