/** A signature and which registered key made it: one value, so that a key swapped meanwhile can't part them. */
export interface MadeSignature {
  /** The version under which VodaPay knows the key. Integer from 1. */
  readonly keyVersion: number;
  /** RSASSA-PKCS1-v1_5 with SHA-256, the bytes themselves. */
  readonly signature: Buffer;
}

/**
 * Signs requests to VodaPay: the port behind the option `signer`, for a private key that lives in an HSM or a key
 * service, or that is swapped while the application runs. `PrivateKeySigner` holds a key in memory.
 *
 * @example
 * class KmsSigner extends Signer {
 *   async sign(content) {
 *     return { keyVersion: 2, signature: await kms.sign('RSASSA_PKCS1_V1_5_SHA_256', Buffer.from(content)) };
 *   }
 * }
 */
export abstract class Signer {
  /**
   * Signs this text, taken as UTF-8. Any error counts as a key service that doesn't answer: VODAPAY_KEY_SERVICE_UNAVAILABLE (503).
   */
  abstract sign(content: string): Promise<MadeSignature>;
}
