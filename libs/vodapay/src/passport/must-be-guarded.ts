import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { Observable } from 'rxjs';
import type { AuthenticationMark } from './authentication-mark.js';
import { markOf } from './authentication-mark.js';
import { guardedContextOf } from './contexts/guarded-contexts.js';

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

/** Runs after all guards: a route with `@VodaPayAuth()` whose guard was forgotten answers nobody. */
export const MUST_BE_GUARDED: NestInterceptor = Object.freeze({
  intercept: (context: ExecutionContext, next: CallHandler): Observable<unknown> => {
    outcomeOf(context, '@VodaPayAuth()');
    return next.handle();
  },
});
