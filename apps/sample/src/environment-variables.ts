import { Transform } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, IsUrl, Matches, Max, Min } from 'class-validator';

const RESPONSE_SIGNATURE_POLICIES = ['required-on-success', 'required', 'off'] as const;
const LINKING_POLICIES = ['create', 'ask', 'existing-only'] as const;
const VODAPAY_ENVIRONMENTS = ['sandbox', 'production'] as const;

/** Every variable that the sample reads, by its own name, so that a complaint names it. Unset: the library's default. */
export class EnvironmentVariables {
  /** Where the sample listens; 0 takes any free port. */
  @ToNumber()
  @IsIntegerFrom(0, 65_535)
  readonly PORT: number = 3000;

  /** The address to bind. Only this machine reaches the default; a container sets `0.0.0.0`. */
  @IsString()
  readonly HOST: string = '127.0.0.1';

  /** `sqlite:<path>`, `postgres://…` or `mariadb://…`. */
  @IsString()
  readonly DATABASE_URL: string = 'sqlite:.data/sample.sqlite';

  /** The wallet's origin: https, or http on a loopback address. Give this or VODAPAY_ENVIRONMENT. */
  @IsOptional()
  @IsString()
  readonly VODAPAY_BASE_URL?: string;

  @IsOptional()
  @IsIn(VODAPAY_ENVIRONMENTS, { message: `$property must be ${VODAPAY_ENVIRONMENTS.join(' or ')}` })
  readonly VODAPAY_ENVIRONMENT?: (typeof VODAPAY_ENVIRONMENTS)[number];

  @IsString({ message: '$property is missing: the client id that VodaPay gave to the mini program' })
  readonly VODAPAY_CLIENT_ID!: string;

  /** The merchant's RSA private key: PEM as text (literal `\n` is fine), or the path of its file. */
  @IsOptional()
  @IsString()
  readonly VODAPAY_PRIVATE_KEY?: string;

  @IsOptional()
  @IsString()
  readonly VODAPAY_PRIVATE_KEY_FILE?: string;

  @IsOptional()
  @ToNumber()
  @IsIntegerFrom(1)
  readonly VODAPAY_KEY_VERSION?: number;

  /** VodaPay's RSA public key, likewise. */
  @IsOptional()
  @IsString()
  readonly VODAPAY_PUBLIC_KEY?: string;

  @IsOptional()
  @IsString()
  readonly VODAPAY_PUBLIC_KEY_FILE?: string;

  @IsOptional()
  @ToNumber()
  @IsIntegerFrom(1)
  readonly VODAPAY_PUBLIC_KEY_VERSION?: number;

  /** `id:base64,…`: 32-byte keys that seal the wallet's tokens; the first seals, all open. */
  @IsOptional()
  @IsString()
  readonly VODAPAY_SEALING_KEYS?: string;

  @IsOptional()
  @IsIn(RESPONSE_SIGNATURE_POLICIES, { message: `$property must be one of ${RESPONSE_SIGNATURE_POLICIES.join(', ')}` })
  readonly VODAPAY_RESPONSE_SIGNATURE?: (typeof RESPONSE_SIGNATURE_POLICIES)[number];

  @IsOptional()
  @ToNumber()
  @IsIntegerFrom(0)
  readonly VODAPAY_REVALIDATE_AFTER_MS?: number;

  @IsOptional()
  @ToNumber()
  @IsIntegerFrom(100, 120_000)
  readonly VODAPAY_TIMEOUT_MS?: number;

  /** `redis://…` or `rediss://…`: what several processes of the sample share besides the database. Unset: nothing. */
  @IsOptional()
  @Matches(/^rediss?:\/\/./, { message: '$property must be an address such as redis://127.0.0.1:6379' })
  readonly REDIS_URL?: string;

  /** What the first login of an unknown VodaPay user does. */
  @IsIn(LINKING_POLICIES)
  readonly VODAPAY_LINKING_POLICY: (typeof LINKING_POLICIES)[number] = 'create';

  /** Bad auth codes that an address may bring in a minute; then its logins are refused for a minute (429). */
  @ToNumber()
  @IsIntegerFrom(1)
  readonly FAILED_LOGINS_PER_MINUTE: number = 300;

  /** Behind a proxy: its addresses or subnets, as Express' "trust proxy" takes them. Unset: the peer is the client. */
  @IsOptional()
  @IsString()
  readonly TRUST_PROXY?: string;

  /** The one origin that may show the page in a frame: the local wallet's page. Unset: nobody. */
  @IsOptional()
  @IsUrl(
    { require_tld: false, require_protocol: true, protocols: ['http', 'https'], allow_fragments: false },
    { message: '$property must be an origin such as http://127.0.0.1:4001' },
  )
  readonly MINI_PROGRAM_EMBEDDED_BY?: string;
}

/** Decimal digits only: `parseInt` takes `30x` for 30, `Number` a blank for 0 and `0x1e` for 30. */
function ToNumber(): PropertyDecorator {
  return Transform(({ value }: { readonly value: unknown }) => (typeof value === 'string' ? decimal(value) : value));
}

/** One sentence for everything that can be wrong with a number. */
function IsIntegerFrom(min: number, max?: number): PropertyDecorator {
  const message = { message: `$property must be an integer from ${min}${max === undefined ? '' : ` to ${max}`}` };
  const checks = [IsInt(message), Min(min, message), Max(max ?? Number.MAX_SAFE_INTEGER, message)];
  return (target, property) => checks.forEach((check) => check(target, String(property)));
}

function decimal(text: string): number {
  return /^\d+$/.test(text.trim()) ? Number(text) : Number.NaN;
}
