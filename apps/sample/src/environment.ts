import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import type { LinkingPolicy, VodaPayModuleOptions } from 'nestjs-vodapay';
import { wrongDatabaseUrl } from './database/wrong-database-url.js';
import { EnvironmentVariables } from './environment-variables.js';
import { readPem } from './read-pem.js';

/** The sample's configuration, checked and complete. */
export interface Environment {
  readonly port: number;
  readonly host: string;
  readonly databaseUrl: string;
  readonly clientId: string;
  readonly privateKey: string;
  readonly vodapayPublicKey: string;
  /** The wallet's host and whatever else is set; the library has a default for the rest. */
  readonly vodaPayTuning: Omit<VodaPayModuleOptions, 'clientId' | 'privateKey' | 'vodapayPublicKey' | 'accounts'>;
  /** What the first login of an unknown VodaPay user does. */
  readonly linkingPolicy: LinkingPolicy;
  /** Bad auth codes that an address may bring in a minute. */
  readonly failedLoginsPerMinute: number;
  /** What Express trusts to name a client's address; undefined: nobody. */
  readonly trustProxy: string | undefined;
  /** The one origin that may show the page in a frame. */
  readonly embeddedBy: string | undefined;
}

/**
 * Reads the process environment. An empty variable counts as unset.
 * Throws a TypeError with a line for each variable that is missing or wrong. No line repeats a value that may be secret.
 */
export function readEnvironment(variables: NodeJS.ProcessEnv): Environment {
  const set = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
  const values = plainToInstance(EnvironmentVariables, set, { exposeDefaultValues: true });
  const privateKey = readPem(values, 'VODAPAY_PRIVATE_KEY', "the merchant's RSA private key");
  const publicKey = readPem(values, 'VODAPAY_PUBLIC_KEY', "VodaPay's RSA public key");
  const complaints = [
    ...wrongVariables(values),
    ...wrongHost(values),
    wrongDatabaseUrl(values.DATABASE_URL),
    privateKey.complaint,
    publicKey.complaint,
  ].filter((complaint) => complaint !== undefined);
  if (complaints.length > 0) throw new TypeError(complaints.join('\n'));
  return Object.freeze({
    port: values.PORT,
    host: values.HOST,
    databaseUrl: values.DATABASE_URL,
    clientId: values.VODAPAY_CLIENT_ID,
    privateKey: privateKey.text,
    vodapayPublicKey: publicKey.text,
    vodaPayTuning: vodaPayTuning(values),
    linkingPolicy: values.VODAPAY_LINKING_POLICY,
    failedLoginsPerMinute: values.FAILED_LOGINS_PER_MINUTE,
    trustProxy: values.TRUST_PROXY,
    embeddedBy: values.MINI_PROGRAM_EMBEDDED_BY && new URL(values.MINI_PROGRAM_EMBEDDED_BY).origin,
  });
}

/** One sentence a variable, however many of its checks it fails. */
function wrongVariables(values: EnvironmentVariables): readonly string[] {
  const first = validateSync(values).map(({ constraints }) => Object.values(constraints ?? {})[0] ?? '');
  return first.map((sentence) => `${sentence}.`);
}

function wrongHost(values: EnvironmentVariables): readonly string[] {
  if ((values.VODAPAY_BASE_URL === undefined) !== (values.VODAPAY_ENVIRONMENT === undefined)) return [];
  return ['Set either VODAPAY_BASE_URL (an origin such as https://host) or VODAPAY_ENVIRONMENT (sandbox, production).'];
}

function vodaPayTuning(values: EnvironmentVariables): Environment['vodaPayTuning'] {
  return {
    ...given({
      baseUrl: values.VODAPAY_BASE_URL,
      environment: values.VODAPAY_ENVIRONMENT,
      keyVersion: values.VODAPAY_KEY_VERSION,
      vodapayPublicKeyVersion: values.VODAPAY_PUBLIC_KEY_VERSION,
      responseSignature: values.VODAPAY_RESPONSE_SIGNATURE,
      timeoutMs: values.VODAPAY_TIMEOUT_MS,
      coordination: values.REDIS_URL === undefined ? undefined : { redis: values.REDIS_URL },
    }),
    session: given({
      revalidateAfterMs: values.VODAPAY_REVALIDATE_AFTER_MS,
      sealingKeys: values.VODAPAY_SEALING_KEYS,
    }),
  };
}

type Given<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> };

function given<T extends object>(options: T): Given<T> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Given<T>;
}
