import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import { invalidOption } from './invalid-option.js';
import { parsePrivateKey } from './protocol/parse-private-key.js';
import { deriveSealingKey } from './session/derive-sealing-key.js';
import { parseSealingKeys } from './session/parse-sealing-keys.js';
import type { ResolvedVodaPayOptions, VodaPayModuleOptions } from './vodapay.options.js';

type Sealing = Pick<ResolvedVodaPayOptions, 'correlationKey'> & {
  readonly sealingKeys: ResolvedVodaPayOptions['session']['sealingKeys'];
};

/**
 * The keys that seal: those of `session.sealingKeys`, then the ones derived from the merchant's private key and from
 * its predecessors. What was sealed with any of them opens, so that neither setting sealing keys nor rotating the
 * private key signs anybody out.
 */
export function resolveSealing(session: VodaPayModuleOptions['session'], privateKey: KeyObject | undefined): Sealing {
  const { sealingKeys, previousPrivateKeys = [] } = session ?? {};
  const configured = sealingKeys === undefined ? [] : [...parseSealingKeys(sealingKeys, 'session.sealingKeys')];
  const merchantKeys = [
    ...(privateKey === undefined ? [] : [privateKey]),
    ...previousPrivateKeys.map((text, index) => parsePrivateKey(text, `session.previousPrivateKeys[${index}]`)),
  ];
  if (privateKey === undefined && configured.length === 0) {
    throw invalidOption(
      'session.sealingKeys',
      'must be given with a signer: there is no private key to derive one from',
    );
  }
  const derived = merchantKeys.map((key) => [derivedKeyId(key), deriveSealingKey(key)] as const);
  return {
    // Of two keys with one id the configured one counts.
    sealingKeys: new Map([...configured, ...derived.filter(([id]) => configured.every(([other]) => other !== id))]),
    correlationKey: correlationKeyOf(merchantKeys, configured),
  };
}

/** From the oldest key there is: a new one at the front must not change what stands for a user in stored hashes. */
function correlationKeyOf(
  merchantKeys: readonly KeyObject[],
  configured: readonly (readonly [string, KeyObject])[],
): KeyObject {
  const oldest = merchantKeys.at(-1) ?? configured.at(-1)?.[1];
  if (oldest === undefined) throw invalidOption('session.sealingKeys', 'must hold at least one key');
  return deriveSealingKey(oldest, 'correlation');
}

/** Names the merchant's key by the start of its public half's SHA-256, so that a rotated key has another name. */
function derivedKeyId(privateKey: KeyObject): string {
  const spki = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
  return `derived-${createHash('sha256').update(spki).digest('hex').slice(0, 12)}`;
}
