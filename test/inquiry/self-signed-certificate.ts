import { generateKeyPairSync, sign, X509Certificate } from 'node:crypto';

export interface ServerCertificate {
  /** PEM, made for this run. */
  readonly key: string;
  /** PEM. */
  readonly cert: string;
}

interface Wish {
  /** Host name in the certificate. Default `localhost`. */
  readonly host?: string;
  /** Epoch milliseconds. Default: tomorrow. */
  readonly expiresAt?: number;
}

const DAY_MS = 86_400_000;

/** A self-signed server certificate (RFC 5280), written out here since node:crypto makes none. */
export function selfSignedCertificate({
  host = 'localhost',
  expiresAt = Date.now() + DAY_MS,
}: Wish = {}): ServerCertificate {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const algorithm = der(0x30, oid('2a864886f70d01010b'), der(0x05));
  const name = der(0x30, der(0x31, der(0x30, oid('550403'), der(0x0c, Buffer.from(host)))));
  const validity = der(0x30, utcTime(expiresAt - 2 * DAY_MS), utcTime(expiresAt));
  const alternativeName = der(0x30, oid('551d11'), der(0x04, der(0x30, der(0x82, Buffer.from(host)))));
  const content = der(
    0x30,
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([1])),
    algorithm,
    name,
    validity,
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, der(0x30, alternativeName)),
  );
  const signature = der(0x03, Buffer.from([0]), sign('sha256', content, privateKey));
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: new X509Certificate(der(0x30, content, algorithm, signature)).toString(),
  };
}

function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag]), derLength(content.byteLength), content]);
}

function derLength(length: number): Buffer {
  return length < 0x80 ? Buffer.from([length]) : Buffer.from([0x82, length >> 8, length & 0xff]);
}

function oid(hex: string): Buffer {
  return der(0x06, Buffer.from(hex, 'hex'));
}

function utcTime(epochMs: number): Buffer {
  const digits = new Date(epochMs).toISOString().replaceAll(/[-:T]/g, '').slice(2, 14);
  return der(0x17, Buffer.from(`${digits}Z`));
}
