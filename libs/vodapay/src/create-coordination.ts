import type { CoordinationBoard } from './coordination/coordination-board.js';
import { CoordinationScope } from './coordination/coordination-scope.js';
import { LocalCoordination } from './coordination/local-coordination.js';
import { openRedis } from './coordination/open-redis.js';
import { RedisCoordination } from './coordination/redis-coordination.js';
import { AesSecretBox } from './session/aes-secret-box.js';
import type { Telemetry } from './telemetry/telemetry.js';
import type { ResolvedVodaPayOptions } from './vodapay.options.js';

/**
 * Where the processes of this instance meet. Sealed with the instance's own keys also where a key service seals what is
 * stored: what is said here lives for seconds, and can't wait for one.
 */
export async function createCoordination(
  options: ResolvedVodaPayOptions,
  telemetry: Telemetry,
): Promise<CoordinationBoard> {
  const scope = new CoordinationScope(options, new AesSecretBox(options.session.sealingKeys));
  const { redis } = options.coordination ?? {};
  const coordination =
    redis === undefined ? new LocalCoordination() : new RedisCoordination(await openRedis(redis), telemetry);
  return { coordination, scope };
}
