import { readFileSync } from 'node:fs';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import type { LinkingPolicy, VodaPayModuleOptions } from 'nestjs-vodapay';
import { dataSourceOptions } from './database/data-source-options.js';
import { EnvironmentVariables } from './environment-variables.js';

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
  /** The one origin that may show the page in a frame. */
  readonly embeddedBy: string | undefined;
}

/**
 * Reads the process environment. An empty variable counts as unset.
 * Throws a TypeError that names each variable that is missing or wrong, and repeats none of their values.
 */
export function readEnvironment(variables: NodeJS.ProcessEnv): Environment {
  const values = validated(variables);
  dataSourceOptions(values.DATABASE_URL);
  return Object.freeze({
    port: values.PORT,
    host: values.HOST,
    databaseUrl: values.DATABASE_URL,
    clientId: values.VODAPAY_CLIENT_ID,
    privateKey: pem(values, 'VODAPAY_PRIVATE_KEY', "the merchant's RSA private key"),
    vodapayPublicKey: pem(values, 'VODAPAY_PUBLIC_KEY', "VodaPay's RSA public key"),
    vodaPayTuning: vodaPayTuning(values),
    linkingPolicy: values.VODAPAY_LINKING_POLICY,
    embeddedBy: values.MINI_PROGRAM_EMBEDDED_BY && new URL(values.MINI_PROGRAM_EMBEDDED_BY).origin,
  });
}

function validated(variables: NodeJS.ProcessEnv): EnvironmentVariables {
  const set = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
  const values = plainToInstance(EnvironmentVariables, set, { exposeDefaultValues: true });
  const complaints = validateSync(values).flatMap((error) => Object.values(error.constraints ?? {}));
  if (complaints.length > 0) throw new TypeError(complaints.join('\n'));
  if ((values.VODAPAY_BASE_URL === undefined) === (values.VODAPAY_ENVIRONMENT === undefined)) {
    throw new TypeError(
      'Set either VODAPAY_BASE_URL (an origin such as https://host) or VODAPAY_ENVIRONMENT (sandbox, production).',
    );
  }
  return values;
}

function pem(values: EnvironmentVariables, name: 'VODAPAY_PRIVATE_KEY' | 'VODAPAY_PUBLIC_KEY', what: string): string {
  const text = values[name];
  const path = values[`${name}_FILE`];
  if (text !== undefined && path !== undefined) throw new TypeError(`Set ${name} or ${name}_FILE, not both.`);
  if (text !== undefined) return text;
  if (path === undefined) throw new TypeError(`${name} is missing: ${what} as PEM, or ${name}_FILE with its path.`);
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code ?? 'unknown error';
    throw new TypeError(`${name}_FILE names a file that cannot be read (${reason}).`, { cause });
  }
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
