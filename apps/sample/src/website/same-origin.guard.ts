import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';

/** Lets a form pass that this site itself has shown: another site could sign a visitor in to an account of its own. */
@Injectable()
export class SameOriginGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { method, headers } = context.switchToHttp().getRequest<Request>();
    if (method === 'GET') return true;
    const { origin, host } = headers;
    if (origin === undefined) return headers['sec-fetch-site'] === undefined;
    return URL.canParse(origin) && new URL(origin).host === host;
  }
}
