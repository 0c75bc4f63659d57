import { randomUUID } from 'node:crypto';
import { Controller, Post, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiTags } from '@nestjs/swagger';
import { RequireCompleteProfile, VodaPayAuthGuard, VodaPayUser } from 'nestjs-vodapay';
import { ApiRefusals } from '../docs/api-refusals.decorator.js';
import { OrderAnswer } from './order.models.js';

@ApiTags('orders')
@ApiBearerAuth()
@Controller('orders')
@UseGuards(VodaPayAuthGuard)
export class OrdersController {
  /** The shop sends nothing to a customer without a name and an e-mail. A real one would store the order. */
  @Post()
  @RequireCompleteProfile()
  @ApiCreatedResponse({ type: OrderAnswer })
  @ApiRefusals(400, 401, 403, 502, 503)
  order(@VodaPayUser('accountId') accountId: string): OrderAnswer {
    return { id: randomUUID(), accountId };
  }
}
