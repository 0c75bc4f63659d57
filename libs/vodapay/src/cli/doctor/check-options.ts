import { resolveOptions } from '../../resolve-options.js';
import { VODAPAY_HOSTS, type VodaPayModuleOptions } from '../../vodapay.options.js';
import type { Facts } from './facts.js';
import { fine, problem, warning, type Finding } from './finding.js';

type Options = Partial<VodaPayModuleOptions>;

/** Options that pass, so that the one beside them is judged alone. No key of it signs or seals anything. */
const PASSING: VodaPayModuleOptions = {
  clientId: 'DOCTOR',
  baseUrl: 'https://wallet.invalid',
  signer: { sign: () => Promise.reject(new TypeError('The doctor signs nothing with this.')) },
  keys: () => Promise.resolve({}),
  accounts: {
    create: () => Promise.resolve({ conflict: 'nobody' }),
    find: () => Promise.resolve(undefined),
  },
  session: { sealingKeys: `doctor:${Buffer.alloc(32).toString('base64')}` },
};

/** Variable → the option that the sample's contract makes of it. */
const OPTIONS_OF: Readonly<Record<string, (text: string) => Options>> = {
  VODAPAY_RESPONSE_SIGNATURE: (text) => ({ responseSignature: text as 'required' }),
  VODAPAY_TIMEOUT_MS: (text) => ({ timeoutMs: number(text) }),
  VODAPAY_REVALIDATE_AFTER_MS: (text) => ({ session: { ...PASSING.session, revalidateAfterMs: number(text) } }),
  VODAPAY_PUBLIC_KEY_VERSION: (text) => ({ vodapayPublicKeyVersion: number(text) }),
  VODAPAY_SEALING_KEYS: (text) => ({ session: { sealingKeys: text } }),
};

const number = (text: string): number => (/^\d+$/.test(text) ? Number(text) : Number.NaN);

/** Where VodaPay is: one of two variables, and an origin that the library takes. */
export function checkHost({ variables }: Facts): readonly Finding[] {
  const { VODAPAY_BASE_URL: baseUrl, VODAPAY_ENVIRONMENT: environment } = variables;
  if ((baseUrl === undefined) === (environment === undefined)) {
    const came = baseUrl === undefined ? 'Neither VODAPAY_ENVIRONMENT nor VODAPAY_BASE_URL is' : BOTH_HOSTS;
    return [problem(`${came} set.`, 'Set one of them: VODAPAY_ENVIRONMENT=sandbox, or production.')];
  }
  const variable = baseUrl === undefined ? 'VODAPAY_ENVIRONMENT' : 'VODAPAY_BASE_URL';
  const complaint = complaintOf(hostOptions(baseUrl, environment));
  if (complaint === undefined) return [];
  return [
    problem(`${variable} ${complaint}`, `VODAPAY_ENVIRONMENT knows ${Object.keys(VODAPAY_HOSTS).join(' and ')}.`),
  ];
}

const BOTH_HOSTS = 'VODAPAY_ENVIRONMENT and VODAPAY_BASE_URL are both';

export function checkClientId({ variables, network }: Facts): readonly Finding[] {
  const { VODAPAY_CLIENT_ID: clientId } = variables;
  const next = "It is the mini program's client id in VodaPay's portal: 22 digits.";
  if (clientId === undefined) return [problem('VODAPAY_CLIENT_ID is not set.', next)];
  const complaint = complaintOf({ clientId });
  if (complaint !== undefined) return [problem(`VODAPAY_CLIENT_ID ${complaint}`, next)];
  const isVodaPay = Object.values<string>(VODAPAY_HOSTS).includes(network?.origin ?? '');
  if (!isVodaPay || /^\d{22}$/.test(clientId)) return [];
  return [warning('VODAPAY_CLIENT_ID is not 22 digits, as every known client id of VodaPay is.', next)];
}

/** Everything else that is a number, a name or a list of keys. */
export function checkOtherSettings({ variables }: Facts): readonly Finding[] {
  const { VODAPAY_BASE_URL: baseUrl, VODAPAY_ENVIRONMENT: environment } = variables;
  const host = complaintOf(hostOptions(baseUrl, environment)) === undefined ? hostOptions(baseUrl, environment) : {};
  return Object.entries(OPTIONS_OF).flatMap(([variable, optionsOf]) => {
    const text = variables[variable];
    const complaint = text === undefined ? undefined : complaintOf({ ...host, ...optionsOf(text) });
    return complaint === undefined
      ? []
      : [problem(`${variable} ${complaint}`, SETTING_NEXT[variable] ?? 'Correct it.')];
  });
}

const SETTING_NEXT: Readonly<Record<string, string>> = {
  VODAPAY_RESPONSE_SIGNATURE: 'Leave it out, or set required-on-success, required, or off against a sandbox only.',
  VODAPAY_SEALING_KEYS: 'Make one: echo "k1:$(openssl rand -base64 32)". The first of the list seals, all open.',
};

export function checkSealingKeys({ variables }: Facts): readonly Finding[] {
  if (variables['VODAPAY_SEALING_KEYS'] !== undefined)
    return [fine('VODAPAY_SEALING_KEYS holds keys to seal tokens with.')];
  const says = 'VODAPAY_SEALING_KEYS is not set: tokens are sealed with a key derived from the private key.';
  return [warning(says, 'Fine for development. Before production: echo "k1:$(openssl rand -base64 32)".')];
}

/** What the library's own check says of these options, without its own name for them. */
function complaintOf(options: Options): string | undefined {
  try {
    resolveOptions({ ...PASSING, ...options });
    return undefined;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return error.message
      .replace(/^VodaPayModule: option [\w.]+( or \w+)? /, '')
      .replace(/^session\.sealingKeys: /, 'is wrong: ');
  }
}

/** `undefined` in the place of what isn't given, to hide what passes. */
function hostOptions(baseUrl: string | undefined, environment: string | undefined): Options {
  return { baseUrl, environment } as Options;
}
