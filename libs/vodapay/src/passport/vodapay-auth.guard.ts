import { Injectable, Logger, type CanActivate, type ExecutionContext, type HttpException } from '@nestjs/common';
import { HttpAdapterHost, Reflector } from '@nestjs/core';
import { VodaPayError } from '../errors.js';
import { logOwnFailure } from './log-own-failure.js';
import { readHttpSources, type HttpRequestLike } from './read-http-sources.js';
import { toHttpException } from './to-http-exception.js';
import { toHttpRefusal } from './to-http-refusal.js';
import { VODAPAY_AUTH_REQUIREMENTS, type VodaPayAuthRequirements } from './vodapay-auth.decorator.js';
import { VodaPayStrategy } from './vodapay.strategy.js';

/**
 * Lets a request through when it belongs to a signed-in VodaPay user, and puts the principal on `request.user`.
 * Refuses with a status, a stable code and what to do next; what it does not understand, it denies.
 *
 * @example
 * @UseGuards(VodaPayAuthGuard)
 * @Get('me')
 * me(@VodaPayUser() user: VodaPayPrincipal) {}
 */
@Injectable()
export class VodaPayAuthGuard implements CanActivate {
  private readonly logger = new Logger(VodaPayAuthGuard.name);

  constructor(
    private readonly strategy: VodaPayStrategy,
    private readonly reflector: Reflector,
    private readonly adapterHost: HttpAdapterHost,
  ) {}

  async canActivate(context: ExecutionContext): Promise<true> {
    if (context.getType<string>() !== 'http') throw new VodaPayError('VODAPAY_CONTEXT_UNSUPPORTED');
    const http = context.switchToHttp();
    const request = http.getRequest<HttpRequestLike>();
    try {
      request.user = await this.strategy.validate(readHttpSources(request), this.requirementsOf(context));
      return true;
    } catch (error) {
      throw error instanceof VodaPayError ? this.refuse(error, http.getResponse()) : error;
    }
  }

  private requirementsOf(context: ExecutionContext): VodaPayAuthRequirements {
    const targets = [context.getHandler(), context.getClass()];
    return (
      this.reflector.getAllAndOverride<VodaPayAuthRequirements | undefined>(VODAPAY_AUTH_REQUIREMENTS, targets) ?? {}
    );
  }

  private refuse(error: VodaPayError, response: unknown): HttpException {
    logOwnFailure(this.logger, error);
    for (const [name, value] of Object.entries(toHttpRefusal(error).headers)) {
      this.adapterHost.httpAdapter.setHeader(response, name, value);
    }
    return toHttpException(error);
  }
}
