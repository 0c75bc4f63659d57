import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { VodaPayError } from '../errors/vodapay-error.js';
import type { AuthenticationRequirements } from '../login/credentials.js';
import type { VodaPayPrincipal } from '../login/principal.js';
import { onceKnown } from '../once-known.js';
import { DEFAULT_INSTANCE } from '../vodapay.tokens.js';
import { markAuthenticated, markOf } from './authentication-mark.js';
import type { GuardedContext, GuardedRequest } from './contexts/guarded-context.js';
import { guardedContextOf } from './contexts/guarded-contexts.js';
import { guardedInstances } from './guards-metadata.js';
import { logOwnFailure } from './log-own-failure.js';
import { RouteRules } from './route-rules.js';
import { VodaPayStrategy } from './vodapay.strategy.js';

/**
 * Lets a request through when it belongs to a signed-in VodaPay user: over HTTP, GraphQL, WebSockets and microservices
 * (docs/guard.md says where each carries its credentials). Refuses in the transport's own form, with a stable code and
 * what to do next; what it does not understand, it denies.
 *
 * @example
 * @UseGuards(VodaPayAuthGuard)
 * @Get('me')
 * me(@VodaPayUser() user: VodaPayPrincipal) {}
 */
@Injectable()
export class VodaPayAuthGuard implements CanActivate {
  /** Which instance it guards for, where its class is named in `@UseGuards()`. */
  static readonly vodaPayInstance: string = DEFAULT_INSTANCE;

  private readonly rules = new RouteRules();

  constructor(
    private readonly strategy: VodaPayStrategy,
    private readonly adapterHost: HttpAdapterHost,
  ) {}

  /** Without a promise where nobody needs to be asked: a request with a live session costs no turn of the event loop. */
  canActivate(context: ExecutionContext): true | Promise<true> {
    const handler = context.getHandler();
    const rule = this.rules.of(handler, context.getClass());
    if (rule.kind === 'public') return this.letEverybodyThrough(context);
    const kind = guardedContextOf(context.getType<string>());
    if (kind === undefined) return Promise.reject(new VodaPayError('VODAPAY_CONTEXT_UNSUPPORTED'));
    try {
      const admitted = this.admit(kind.read(context, handler), handler, rule.asks);
      return admitted === true ? true : admitted.catch((error: unknown) => this.refuse(error, kind, context));
    } catch (error) {
      return this.refuse(error, kind, context);
    }
  }

  /** Installed twice, for all routes and on one of them, the guard decides once: an auth code can be spent only once. */
  private admit(request: GuardedRequest, handler: unknown, asks: AuthenticationRequirements): true | Promise<true> {
    const mark = markOf(request.subject, handler);
    if (mark?.by === this.strategy && mark.message === request.message) return true;
    const identified = this.strategy.identify(request.sources, asks, request.departure);
    return onceKnown(identified, (user) => this.welcome(request, handler, user));
  }

  private welcome(request: GuardedRequest, handler: unknown, user: VodaPayPrincipal | undefined): true {
    markAuthenticated(request.subject, { user, by: this.strategy, handler, message: request.message });
    if (request.exposeOn !== undefined) request.exposeOn.user = user;
    if (request.connection !== undefined) this.strategy.holdOpen(request.connection, user);
    return true;
  }

  private async refuse(error: unknown, kind: GuardedContext, context: ExecutionContext): Promise<never> {
    if (!(error instanceof VodaPayError)) throw error;
    logOwnFailure(error);
    throw await kind.refuse(error, context, this.adapterHost.httpAdapter);
  }

  /** `@Public()` beside `@UseGuards(VodaPayAuthGuard)` on one method says both; the one that opens doesn't win. */
  private letEverybodyThrough(context: ExecutionContext): true {
    if (guardedInstances(context.getHandler()).length === 0) return true;
    throw new TypeError(
      `"${context.getHandler().name}" has both @Public() and @UseGuards(VodaPayAuthGuard). Keep one.`,
    );
  }
}
