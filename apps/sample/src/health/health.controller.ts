import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { HealthCheck, HealthCheckService, type HealthCheckResult } from '@nestjs/terminus';
import { VodaPayError, VodaPayHealthIndicator } from 'nestjs-vodapay';

@ApiTags('health')
@Controller('health')
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly vodaPay: VodaPayHealthIndicator,
  ) {}

  /** Whether the process answers at all: asks no dependency, so a database that is down restarts nobody. */
  @Get('live')
  @ApiOkResponse({ description: 'The process is alive.' })
  live(): { readonly status: 'ok' } {
    return { status: 'ok' };
  }

  /** Whether the sample can serve: 503 while the database does not answer. How the wallet does is told, and asked nobody. */
  @Get()
  @HealthCheck()
  async ready(): Promise<HealthCheckResult> {
    try {
      return await this.health.check([() => this.vodaPay.check('vodapay')]);
    } catch (cause) {
      throw new VodaPayError('VODAPAY_STORE_UNAVAILABLE', { cause });
    }
  }
}
