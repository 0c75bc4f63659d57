import {
  IsArray,
  IsBoolean,
  IsDefined,
  IsIn,
  IsInt,
  IsNumber,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
} from 'class-validator';
import type { VodaPayModuleOptions } from './vodapay.options.js';

/** 1 to `max` printable ASCII characters without blanks. */
const identifier = (max: number): RegExp => new RegExp(`^[\\x21-\\x7e]{1,${max}}$`);

const identifierMessage = (max: number) => ({
  message: `must be 1 to ${max} printable ASCII characters without blanks`,
});

/** One sentence for everything that can be wrong with a number. */
function IsIntegerFrom(min: number, max: number): PropertyDecorator {
  const message = { message: `must be an integer from ${min} to ${max}` };
  const checks = [IsInt(message), Min(min, message), Max(max, message)];
  return (target, property) => checks.forEach((check) => check(target, String(property)));
}

const RATIO = { message: 'must be a number from 0.01 to 1' };

/** The shape of the options, checked at start-up. What two options mean together is judged in `resolve-options.ts`. */
export class VodaPayOptionsSchema {
  @IsOptional()
  @IsIn(['sandbox', 'production'])
  environment?: string;

  @IsOptional()
  @IsString()
  baseUrl?: string;

  @Matches(identifier(32), identifierMessage(32))
  clientId?: string;

  @IsOptional()
  @IsString()
  privateKey?: string;

  @IsOptional()
  @IsObject({ message: 'must be a Signer: an object with the method sign' })
  signer?: object;

  @IsOptional()
  @IsIntegerFrom(1, Number.MAX_SAFE_INTEGER)
  keyVersion?: number;

  @IsOptional()
  @IsString()
  vodapayPublicKey?: string;

  @IsOptional()
  @IsObject({ message: 'must be an object of key version → public key' })
  vodapayPublicKeys?: object;

  /** That it is a function is checked where it is resolved. */
  @IsOptional()
  keys?: VodaPayModuleOptions['keys'];

  @IsOptional()
  @IsIntegerFrom(1, Number.MAX_SAFE_INTEGER)
  vodapayPublicKeyVersion?: number;

  @IsObject({ message: 'must be an AccountDirectory: an object with the methods create and find' })
  accounts?: VodaPayModuleOptions['accounts'];

  @IsOptional()
  @Matches(identifier(128), identifierMessage(128))
  namespace?: string;

  @IsOptional()
  @IsIn(['base64', 'url-encoded-base64', 'base64url'])
  signatureEncoding?: string;

  @IsOptional()
  @IsIn(['required-on-success', 'required', 'off'])
  responseSignature?: string;

  @IsOptional()
  @IsIntegerFrom(1_000, 3_600_000)
  responseTimeToleranceMs?: number;

  @IsOptional()
  @IsIntegerFrom(100, 120_000)
  timeoutMs?: number;

  @IsOptional()
  @IsIntegerFrom(1, 10)
  maxAttempts?: number;

  @IsOptional()
  @IsIntegerFrom(1_024, 16_777_216)
  maxResponseBytes?: number;

  @IsOptional()
  @IsObject()
  resilience?: object;

  @IsOptional()
  @IsObject()
  http?: object;

  @IsOptional()
  @IsObject()
  tls?: object;

  @IsOptional()
  @IsObject()
  coordination?: object;

  @IsOptional()
  @IsObject()
  credentials?: object;

  @IsOptional()
  @IsObject()
  linking?: object;

  @IsOptional()
  @IsBoolean()
  sessions?: boolean;

  @IsOptional()
  @IsObject()
  session?: object;
}

/** The shape of the option `coordination`. What `redis` is, is judged in `resolve-options.ts`. */
export class CoordinationOptionsSchema {
  @IsDefined({ message: 'must be given' })
  redis?: unknown;
}

/** The shape of the option `credentials`. */
export class CredentialsOptionsSchema {
  @IsOptional()
  @IsBoolean()
  accessToken?: boolean;
}

/** The shape of the option `resilience`. */
export class ResilienceOptionsSchema {
  @IsOptional()
  @IsIntegerFrom(1, 10_000)
  retryBaseMs?: number;

  @IsOptional()
  @IsIntegerFrom(1, 10_000)
  throttledRetryBaseMs?: number;

  @IsOptional()
  @IsIntegerFrom(1, 60_000)
  retryCapMs?: number;

  @IsOptional()
  @IsIntegerFrom(0, 10_000)
  retryBudget?: number;

  @IsOptional()
  @IsNumber({}, RATIO)
  @Min(0.01, RATIO)
  @Max(1, RATIO)
  circuitFailureRatio?: number;

  @IsOptional()
  @IsIntegerFrom(1, 10_000)
  circuitMinimumCalls?: number;

  @IsOptional()
  @IsIntegerFrom(1_000, 600_000)
  circuitWindowMs?: number;

  @IsOptional()
  @IsIntegerFrom(100, 600_000)
  circuitProbeEveryMs?: number;

  @IsOptional()
  @IsIntegerFrom(1, 1_024)
  maxConnections?: number;

  @IsOptional()
  @IsIntegerFrom(0, 100_000)
  maxWaiting?: number;

  @IsOptional()
  @IsIntegerFrom(1, 10_000)
  slowDownAfter?: number;

  @IsOptional()
  @IsIntegerFrom(0, 10_000)
  slowDownMaxWaitMs?: number;

  @IsOptional()
  @IsIntegerFrom(1_000, 600_000)
  slowDownHoldMs?: number;

  @IsOptional()
  @IsIntegerFrom(0, 600_000)
  refusalsKeptMs?: number;
}

/** The shape of the option `linking`. */
export class LinkingOptionsSchema {
  @IsOptional()
  @IsIn(['create', 'ask', 'existing-only'])
  policy?: string;

  @IsOptional()
  @IsObject({ message: 'must be a LinkProofSender: an object with the method send' })
  proofSender?: object;

  @IsOptional()
  @IsString()
  @Length(1, 64)
  merchantName?: string;

  @IsOptional()
  @IsObject({ message: 'must be a LinkNotifier: an object with the method notify' })
  notifier?: object;

  @IsOptional()
  @IsIntegerFrom(1_000, 86_400_000)
  recentSignInMs?: number;

  @IsOptional()
  @IsIntegerFrom(86_400_000, 3_153_600_000_000)
  eventRetentionMs?: number;

  @IsOptional()
  @IsIn(['never', 'on-create', 'on-login'])
  profileSync?: string;
}

/** The shape of the option `session`. */
export class SessionOptionsSchema {
  @IsOptional()
  @IsIntegerFrom(60_000, 31_536_000_000)
  lifetimeMs?: number;

  @IsOptional()
  @IsIntegerFrom(0, 31_536_000_000)
  revalidateAfterMs?: number;

  @IsOptional()
  @IsIntegerFrom(0, 31_536_000_000)
  staleIfErrorMs?: number;

  @IsOptional()
  @IsIntegerFrom(60_000, 31_536_000_000)
  idleMs?: number;

  @IsOptional()
  @IsIntegerFrom(1, 1_000)
  maxPerAccount?: number;

  @IsOptional()
  @IsIntegerFrom(0, 1_000)
  cacheMs?: number;

  @IsOptional()
  @IsString()
  sealingKeys?: string;

  @IsOptional()
  @IsArray()
  @IsString({ each: true })
  previousPrivateKeys?: readonly string[];

  @IsOptional()
  @IsObject({ message: 'must be a SecretBox: an object with the methods seal, open and isCurrent' })
  secretBox?: object;
}
