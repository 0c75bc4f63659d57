import { createCipheriv, createDecipheriv, type KeyObject } from 'node:crypto';
import { VodaPayError } from '../errors/vodapay-error.js';
import { pooledRandomBytes } from './pooled-random-bytes.js';
import { SecretBox, type SealedPlace } from './secret-box.js';

const VERSION = 'v1';
const ALGORITHM = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Seals with AES-256-GCM: `v1.<key id>.<iv>.<ciphertext>.<tag>`, the parts in base64url. */
export class AesSecretBox extends SecretBox {
  private readonly sealing: { readonly id: string; readonly key: KeyObject };

  /** @param keys key id → 32-byte AES key; the first seals, all open. */
  constructor(private readonly keys: ReadonlyMap<string, KeyObject>) {
    super();
    const [first] = keys;
    if (first === undefined) throw new TypeError('AesSecretBox: keys must hold at least one key.');
    const [id, key] = first;
    this.sealing = { id, key };
  }

  override async seal(secret: string, place: SealedPlace): Promise<string> {
    const { id, key } = this.sealing;
    const iv = pooledRandomBytes(IV_BYTES);
    const cipher = createCipheriv(ALGORITHM, key, iv, { authTagLength: TAG_BYTES }).setAAD(associatedData(id, place));
    const ciphertext = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
    const parts = [iv, ciphertext, cipher.getAuthTag()].map((part) => part.toString('base64url'));
    return [VERSION, id, ...parts].join('.');
  }

  /** Throws VODAPAY_SEALED_TOKEN_UNREADABLE: another key, another place, or a changed byte. */
  override async open(sealed: string, place: SealedPlace): Promise<string> {
    const { key, keyId, iv, ciphertext, tag } = this.read(sealed);
    try {
      const decipher = createDecipheriv(ALGORITHM, key, iv, { authTagLength: TAG_BYTES });
      decipher.setAAD(associatedData(keyId, place)).setAuthTag(tag);
      return Buffer.concat([decipher.update(ciphertext), decipher.final()]).toString('utf8');
    } catch {
      throw new VodaPayError('VODAPAY_SEALED_TOKEN_UNREADABLE');
    }
  }

  override isCurrent(sealed: string): boolean {
    return sealed.startsWith(`${VERSION}.${this.sealing.id}.`);
  }

  private read(sealed: string) {
    const [version, keyId = '', ...encoded] = sealed.split('.');
    const key = this.keys.get(keyId);
    const [iv, ciphertext, tag] = encoded.map((part) => decodeExactly(part));
    const complete = iv?.length === IV_BYTES && ciphertext !== undefined && tag?.length === TAG_BYTES;
    if (version !== VERSION || key === undefined || encoded.length !== 3 || !complete) {
      throw new VodaPayError('VODAPAY_SEALED_TOKEN_UNREADABLE');
    }
    return { key, keyId, iv, ciphertext, tag };
  }
}

/** JSON keeps the parts apart whatever they hold. */
function associatedData(keyId: string, { namespace, clientId, table, rowId, column }: SealedPlace): Buffer {
  return Buffer.from(JSON.stringify([VERSION, keyId, namespace, clientId, table, rowId, column]));
}

/** Node's decoder skips what it doesn't know; a changed character must not pass. */
function decodeExactly(part: string): Buffer | undefined {
  const bytes = Buffer.from(part, 'base64url');
  return bytes.toString('base64url') === part ? bytes : undefined;
}
