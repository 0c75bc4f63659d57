/** Where a secret is stored. It opens nowhere else: in no other row, column, namespace or instance. */
export interface SealedPlace {
  readonly namespace: string;
  /** The client id of the instance whose row it is. */
  readonly clientId: string;
  readonly table: string;
  readonly rowId: string;
  readonly column: string;
}

/**
 * Seals secrets for storage: the port behind the option `session.secretBox`, for a key service (KMS, HSM).
 * Without that option AES-256-GCM under `session.sealingKeys`.
 *
 * @example
 * class KmsBox extends SecretBox {
 *   seal(secret, place) { return kms.encrypt(secret, { context: { ...place } }); }
 *   open(sealed, place) { return kms.decrypt(sealed, { context: { ...place } }); }
 *   isCurrent(sealed) { return kms.keyVersionOf(sealed) === kms.newest; }
 * }
 */
export abstract class SecretBox {
  /** The secret as text for a database column, bound to its place. */
  abstract seal(secret: string, place: SealedPlace): Promise<string>;

  /**
   * The secret again. Throws VodaPayError VODAPAY_SEALED_TOKEN_UNREADABLE when it was sealed for another place or its
   * text was changed; any other error counts as a key service that doesn't answer.
   */
  abstract open(sealed: string, place: SealedPlace): Promise<string>;

  /** Whether this text is sealed as `seal` would do it today: `resealAll` leaves such rows alone. */
  abstract isCurrent(sealed: string): boolean;
}
