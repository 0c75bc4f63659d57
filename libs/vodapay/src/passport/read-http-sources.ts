import type { CredentialSources } from '../login/credentials.js';
import type { VodaPayPrincipal } from '../login/principal.js';

/** What an Express and a Fastify request have in common. */
export interface HttpRequestLike {
  readonly headers: { readonly authorization?: string | undefined };
  readonly body?: unknown;
  user?: VodaPayPrincipal | undefined;
}

/** Where HTTP carries credentials: the `Authorization` header and the JSON body. */
export function readHttpSources(request: HttpRequestLike): CredentialSources {
  return { authorization: request.headers.authorization, body: request.body };
}
