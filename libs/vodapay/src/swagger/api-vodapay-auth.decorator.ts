import { applyDecorators } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiResponse, ApiSecurity } from '@nestjs/swagger';
import type { CredentialKind } from '../login/credentials.js';
import { refusalResponse } from './refusal-responses.js';

/** How a guarded route is described. Say the same here as in `@VodaPayAuth()`. */
export interface ApiVodaPayAuthOptions {
  /** Kinds of credentials that the route takes. Default: the session token. */
  readonly credentials?: readonly CredentialKind[];
  /** Whether the route serves requests without credentials. Default false. */
  readonly optional?: boolean;
  /** Name of the security scheme, as given to `DocumentBuilder.addBearerAuth`. Default `bearer`. */
  readonly scheme?: string;
}

/** What a request with a session may meet, and what comes on top where VodaPay itself signs in. */
const STATUSES = [400, 401, 403, 502, 503] as const;
const STATUSES_OF_A_LOGIN = [...STATUSES, 409, 429, 504] as const;

/**
 * Describes a guarded route for Swagger: where its credentials go, and every refusal with its codes.
 *
 * @example
 * import { ApiVodaPayAuth } from 'nestjs-vodapay/swagger';
 *
 * @ApiVodaPayAuth()
 * @UseGuards(VodaPayAuthGuard)
 * @Get('me')
 * me() {}
 */
export function ApiVodaPayAuth({
  credentials = ['session'],
  optional = false,
  scheme = 'bearer',
}: ApiVodaPayAuthOptions = {}): MethodDecorator & ClassDecorator {
  const takesBearer = credentials.some((kind) => kind !== 'authCode');
  const isLogin = credentials.some((kind) => kind !== 'session');
  return applyDecorators(
    ...(takesBearer ? [ApiBearerAuth(scheme)] : []),
    ...(takesBearer && optional ? [ApiSecurity({})] : []),
    ...(credentials.includes('authCode')
      ? [ApiBody({ schema: AUTH_CODE_BODY, required: !takesBearer && !optional })]
      : []),
    ...(isLogin ? STATUSES_OF_A_LOGIN : STATUSES).map((status) => ApiResponse(refusalResponse(status))),
  );
}

const AUTH_CODE_BODY = {
  type: 'object',
  required: ['authCode'],
  properties: {
    authCode: { type: 'string', minLength: 1, maxLength: 128, description: 'Of my.getAuthCode; used once.' },
  },
};
