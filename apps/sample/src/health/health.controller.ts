import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { HealthCheck, HealthCheckService, TypeOrmHealthIndicator, type HealthCheckResult } from '@nestjs/terminus';
import { VodaPayError } from 'nestjs-vodapay';

const DATABASE_TIMEOUT_MS = 2_000;

@ApiTags('health')
@Controller('health')
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly database: TypeOrmHealthIndicator,
  ) {}

  /** Whether the process answers at all: asks no dependency, so a database that is down restarts nobody. */
  @Get('live')
  @ApiOkResponse({ description: 'The process is alive.' })
  live(): { readonly status: 'ok' } {
    return { status: 'ok' };
  }

  /** Whether the sample can serve: 503 while the database does not answer. */
  @Get()
  @HealthCheck()
  async ready(): Promise<HealthCheckResult> {
    try {
      return await this.health.check([() => this.database.pingCheck('database', { timeout: DATABASE_TIMEOUT_MS })]);
    } catch (cause) {
      throw new VodaPayError('VODAPAY_STORE_UNAVAILABLE', { cause });
    }
  }
}
