import { validateSync } from 'class-validator';
import { invalidOption as invalid } from './invalid-option.js';
import { resolveSigner, resolveVodaPayKeys } from './resolve-keys.js';
import { resolveSealing } from './resolve-sealing.js';
import { HttpOptionsSchema, TlsOptionsSchema } from './transport-options.schema.js';
import {
  DEFAULTS,
  VODAPAY_HOSTS,
  type ResolvedVodaPayOptions,
  type VodaPayEnvironment,
  type VodaPayModuleOptions,
} from './vodapay.options.js';
import {
  CoordinationOptionsSchema,
  CredentialsOptionsSchema,
  LinkingOptionsSchema,
  ResilienceOptionsSchema,
  SessionOptionsSchema,
  VodaPayOptionsSchema,
} from './vodapay.options.schema.js';

/** Checks the options, parses the keys, fills in the defaults. Throws a TypeError that names the option. */
export function resolveOptions(options: VodaPayModuleOptions): ResolvedVodaPayOptions {
  checkShape(options);
  const { origin, label } = resolveHost(options);
  const responseSignature = options.responseSignature ?? DEFAULTS.responseSignature;
  if (responseSignature === 'off' && isProductionHost(origin)) {
    throw invalid('responseSignature', 'must not be "off" against the production host');
  }
  const { signer, privateKey } = resolveSigner(options);
  const { sealingKeys, correlationKey } = resolveSealing(options.session, privateKey);
  return Object.freeze({
    baseUrl: origin,
    clientId: options.clientId,
    namespace: options.namespace ?? `${label}:${options.clientId}`,
    signer,
    ...resolveVodaPayKeys(options, privateKey),
    accounts: options.accounts,
    signatureEncoding: options.signatureEncoding ?? DEFAULTS.signatureEncoding,
    responseSignature,
    responseTimeToleranceMs: options.responseTimeToleranceMs ?? DEFAULTS.responseTimeToleranceMs,
    timeoutMs: options.timeoutMs ?? DEFAULTS.timeoutMs,
    maxAttempts: options.maxAttempts ?? DEFAULTS.maxAttempts,
    maxResponseBytes: options.maxResponseBytes ?? DEFAULTS.maxResponseBytes,
    http: Object.freeze({ ...DEFAULTS.http, ...defined(options.http) }),
    ...(isGiven(options.tls) && { tls: resolveTls(options.tls) }),
    resilience: Object.freeze({ ...DEFAULTS.resilience, ...defined(options.resilience) }),
    ...(isGiven(options.coordination) && { coordination: resolveCoordination(options.coordination) }),
    credentials: Object.freeze({ ...DEFAULTS.credentials, ...defined(options.credentials) }),
    linking: resolveLinking(options),
    correlationKey,
    sessions: options.sessions ?? DEFAULTS.sessions,
    session: resolveSession(options.session, sealingKeys),
  });
}

function resolveTls(tls: NonNullable<VodaPayModuleOptions['tls']>): NonNullable<ResolvedVodaPayOptions['tls']> {
  if ((tls.cert === undefined) !== (tls.key === undefined)) {
    throw invalid('tls', 'must have both cert and key, or neither');
  }
  const { ca, ...own } = defined(tls);
  return Object.freeze({ ...own, ...(ca === undefined ? {} : { ca: [ca].flat() }) });
}

function resolveCoordination({
  redis,
}: NonNullable<VodaPayModuleOptions['coordination']>): NonNullable<ResolvedVodaPayOptions['coordination']> {
  const isAddress = typeof redis === 'string' && URL.canParse(redis) && REDIS_SCHEMES.has(new URL(redis).protocol);
  if (isAddress || isRedisClient(redis)) return Object.freeze({ redis });
  throw invalid(
    'coordination.redis',
    'must be an address (redis://host:port, rediss://host:port) or an ioredis client, and no Cluster',
  );
}

const REDIS_SCHEMES: ReadonlySet<string> = new Set(['redis:', 'rediss:']);

/** A Cluster has a `duplicate` too, but one that takes no settings: nothing would bound what its connections wait for. */
function isRedisClient(redis: unknown): boolean {
  if (typeof redis !== 'object' || redis === null || Reflect.get(redis, 'isCluster') === true) return false;
  return typeof Reflect.get(redis, 'duplicate') === 'function';
}

function resolveLinking({ linking, accounts, clientId }: VodaPayModuleOptions): ResolvedVodaPayOptions['linking'] {
  const resolved = { ...DEFAULTS.linking, merchantName: clientId, ...defined(linking) };
  if (resolved.policy === 'ask') {
    if (typeof accounts.findCandidates !== 'function') {
      throw invalid('accounts', 'must have the method findCandidates under the linking policy "ask"');
    }
    if (resolved.proofSender === undefined) {
      throw invalid('linking.proofSender', 'must be given under the linking policy "ask"');
    }
  }
  if (resolved.proofSender !== undefined && typeof resolved.proofSender.send !== 'function') {
    throw invalid('linking.proofSender', 'must be a LinkProofSender: an object with the method send');
  }
  if (resolved.profileSync === 'on-login' && typeof accounts.updateProfile !== 'function') {
    throw invalid('accounts', 'must have the method updateProfile with linking.profileSync "on-login"');
  }
  if (resolved.notifier !== undefined && typeof resolved.notifier.notify !== 'function') {
    throw invalid('linking.notifier', 'must be a LinkNotifier: an object with the method notify');
  }
  return Object.freeze(resolved);
}

function resolveSession(
  session: VodaPayModuleOptions['session'],
  sealingKeys: ResolvedVodaPayOptions['session']['sealingKeys'],
): ResolvedVodaPayOptions['session'] {
  const { sealingKeys: _text, previousPrivateKeys: _keys, ...rest } = session ?? {};
  const resolved = { ...DEFAULTS.session, ...defined(rest), sealingKeys };
  const { secretBox } = resolved;
  const missing = ['seal', 'open', 'isCurrent'].find(
    (method) => secretBox !== undefined && typeof Reflect.get(secretBox, method) !== 'function',
  );
  if (missing !== undefined)
    throw invalid('session.secretBox', `must be a SecretBox: the method ${missing} is missing`);
  return Object.freeze(resolved);
}

/** The origin to call, and its name in the namespace: an environment's name, or the host. */
function resolveHost({ environment, baseUrl }: VodaPayModuleOptions): {
  readonly origin: string;
  readonly label: string;
} {
  if (environment !== undefined && baseUrl === undefined)
    return { origin: VODAPAY_HOSTS[environment], label: environment };
  if (environment === undefined && baseUrl !== undefined) {
    const url = parseBaseUrl(baseUrl);
    return { origin: url.origin, label: environmentOf(url.origin) ?? url.host };
  }
  throw invalid(
    'environment or baseUrl',
    `must be given, one of the two; ${environment === undefined ? 'neither' : 'both'} came`,
  );
}

/** A known host spelled as `baseUrl` opens the same accounts as the environment of that name. */
function environmentOf(origin: string): VodaPayEnvironment | undefined {
  return (Object.keys(VODAPAY_HOSTS) as VodaPayEnvironment[]).find((name) => VODAPAY_HOSTS[name] === origin);
}

/** On any port: the answers come from there all the same. */
function isProductionHost(origin: string): boolean {
  return new URL(origin).hostname === new URL(VODAPAY_HOSTS.production).hostname;
}

const LOOPBACK = /^(localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\])$/;

function parseBaseUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const secure = url?.protocol === 'https:' || (url?.protocol === 'http:' && LOOPBACK.test(url.hostname));
  if (url === undefined || !secure) {
    throw invalid(
      'baseUrl',
      'must be an https origin such as "https://host"; plain http is for loopback addresses only',
    );
  }
  if (url.hostname.endsWith('.')) {
    throw invalid('baseUrl', 'must name its host without a dot at the end: it would be another identity namespace');
  }
  if (`${url.origin}/` !== url.href) {
    throw invalid('baseUrl', 'must be an origin only: no path, query, fragment or user');
  }
  return url;
}

function checkShape(options: VodaPayModuleOptions): void {
  if (typeof options !== 'object' || options === null) throw new TypeError('VodaPayModule: options must be an object.');
  check(new VodaPayOptionsSchema(), options, '');
  if (isGiven(options.coordination)) check(new CoordinationOptionsSchema(), options.coordination, 'coordination.');
  check(new CredentialsOptionsSchema(), options.credentials ?? {}, 'credentials.');
  check(new HttpOptionsSchema(), options.http ?? {}, 'http.');
  check(new TlsOptionsSchema(), options.tls ?? {}, 'tls.');
  check(new ResilienceOptionsSchema(), options.resilience ?? {}, 'resilience.');
  check(new LinkingOptionsSchema(), options.linking ?? {}, 'linking.');
  check(new SessionOptionsSchema(), options.session ?? {}, 'session.');
  const { accounts } = options;
  if (typeof accounts.create !== 'function' || typeof accounts.find !== 'function') {
    throw invalid('accounts', 'must be an AccountDirectory: an object with the methods create and find');
  }
}

function check(schema: object, given: object, prefix: string): void {
  const [first] = validateSync(Object.assign(schema, defined(given)), {
    whitelist: true,
    forbidNonWhitelisted: true,
    stopAtFirstError: true,
    validationError: { target: false, value: false },
  });
  if (first === undefined) return;
  const [reason] = Object.values(first.constraints ?? {});
  const came = (given as Readonly<Record<string, unknown>>)[first.property];
  throw invalid(
    `${prefix}${first.property}`,
    `${trimName(reason ?? 'is wrong', first.property)}; it is ${kindOf(came)}`,
  );
}

/** class-validator begins its sentences with the property's name; ours do so themselves. */
function trimName(reason: string, property: string): string {
  return reason.replace(new RegExp(`^(property )?${property} `), '');
}

/** A value's kind, never its text: it may be a key. */
function kindOf(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'boolean' || value === undefined || value === null)
    return String(value);
  if (typeof value === 'string') return `a text of ${value.length} characters`;
  return Array.isArray(value) ? 'an array' : `of type ${typeof value}`;
}

/** A group of options that is `null`, as a configuration file may say it, is not given either. */
function isGiven<T extends object>(group: T | undefined): group is T {
  return (group ?? undefined) !== undefined;
}

/** An option given as `undefined` is an option not given. */
function defined<T extends object>(given: T | undefined): { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(given ?? {}).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> };
}
