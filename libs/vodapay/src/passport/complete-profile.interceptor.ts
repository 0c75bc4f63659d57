import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { Observable } from 'rxjs';
import { VodaPayError } from '../errors/vodapay-error.js';
import type { AuthenticationMark } from './authentication-mark.js';
import { guardedContextOf } from './contexts/guarded-contexts.js';
import { outcomeOf } from './must-be-guarded.js';
import { VodaPayStrategy } from './vodapay.strategy.js';

/** An interceptor, because it needs what the guard found: all guards run before it, in whatever order they are written. */
@Injectable()
export class CompleteProfileInterceptor implements NestInterceptor {
  constructor(private readonly adapterHost: HttpAdapterHost) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const outcome = outcomeOf(context, '@RequireCompleteProfile()');
    try {
      await mustBeComplete(outcome);
    } catch (error) {
      const kind = guardedContextOf(context.getType<string>());
      if (kind === undefined || !(error instanceof VodaPayError)) throw error;
      throw await kind.refuse(error, context, this.adapterHost.httpAdapter);
    }
    return next.handle();
  }
}

/** Asks through the instance that let the request in. */
async function mustBeComplete({ user, by }: AuthenticationMark): Promise<void> {
  if (user === undefined) throw new VodaPayError('VODAPAY_CREDENTIALS_MISSING');
  if (!(by instanceof VodaPayStrategy)) throw new VodaPayError('VODAPAY_CONTEXT_UNSUPPORTED');
  await by.mustBeComplete(user);
}
