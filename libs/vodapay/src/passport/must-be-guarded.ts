import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { Observable } from 'rxjs';
import type { AuthenticationMark } from './authentication-mark.js';
import { markOf } from './authentication-mark.js';
import { guardedContextOf } from './contexts/guarded-contexts.js';
import { RouteRules } from './route-rules.js';

/** What the guard noted on this request. Throws a TypeError, which no client may cause, where no guard has run. */
export function outcomeOf(context: ExecutionContext, wantedBy: string): AuthenticationMark {
  const handler = context.getHandler();
  for (const subject of guardedContextOf(context.getType<string>())?.subjects(context) ?? []) {
    const mark = markOf(subject, handler);
    if (mark !== undefined) return mark;
  }
  throw new TypeError(
    `${context.getClass().name}.${handler.name} has ${wantedBy}, but no VodaPayAuthGuard has run for it: add ` +
      '@UseGuards(VodaPayAuthGuard), and on a public route use @VodaPayAuth({ optional: true }) instead of @Public().',
  );
}

/**
 * Runs after all guards: a route with this decorator whose guard was forgotten answers nobody. Passport's own guards
 * don't know what the decorator asks, so they don't count. A public method of a decorated class asks nothing.
 */
export function mustBeGuarded(decorator: string): NestInterceptor {
  const rules = new RouteRules();
  return Object.freeze({
    intercept: (context: ExecutionContext, next: CallHandler): Observable<unknown> => {
      if (rules.of(context.getHandler(), context.getClass()).kind === 'public') return next.handle();
      const { handler } = outcomeOf(context, decorator);
      if (handler !== undefined) return next.handle();
      throw new TypeError(
        `${context.getClass().name}.${context.getHandler().name} has ${decorator}, which passport's own guards don't ` +
          'look at: use VodaPayAuthGuard.',
      );
    },
  });
}
