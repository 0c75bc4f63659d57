import { identityHash } from '../linking/change/identity-hash.js';
import { errorType } from '../telemetry/error-type.js';
import { tellLog } from '../telemetry/tell-log.js';
import type { ResolvedVodaPayOptions } from '../vodapay.options.js';
import type { VodaPayPrincipal } from './principal.js';

interface Login extends Pick<VodaPayPrincipal, 'credential'> {
  readonly correlationId: string;
}

/** One line of how a login ended. */
export async function logLogin(
  { credential, correlationId }: Login,
  { correlationKey }: Pick<ResolvedVodaPayOptions, 'correlationKey'>,
  login: () => Promise<VodaPayPrincipal>,
): Promise<VodaPayPrincipal> {
  const startedAt = performance.now();
  const durationMs = (): number => Math.round(performance.now() - startedAt);
  try {
    const principal = await login();
    const { outcome, namespace, userId } = principal;
    const told = {
      credential,
      outcome,
      durationMs: durationMs(),
      // Most applications drop debug lines, and the hash costs more than the rest of the line.
      identityHash: () => identityHash(correlationKey, { namespace, userId }),
    };
    tellLog('vodapay.login.succeeded', told, correlationId);
    return principal;
  } catch (error) {
    const told = { credential, code: errorType(error), durationMs: durationMs() };
    tellLog('vodapay.login.refused', told, correlationId);
    throw error;
  }
}
