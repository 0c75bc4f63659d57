import { transportFailureOf } from '../../inquiry/transport-failures.js';
import type { Facts, NetworkFacts } from './facts.js';
import { fine, problem, warning, type Finding } from './finding.js';

const DAY_MS = 86_400_000;
const SOON_MS = 14 * DAY_MS;

interface Cause {
  /** Sentence with the host put in the place of `{host}`. */
  readonly says: string;
  readonly next: string;
}

const INTERCEPTED: Cause = {
  says: 'The TLS certificate of {host} is signed by an authority that this machine does not know: a proxy that opens TLS stands between, or the authority is a private one.',
  next: 'See who signed it: openssl s_client -connect {host} -showcerts </dev/null | openssl x509 -noout -issuer. Give Node its certificate: NODE_EXTRA_CA_CERTS=<file>, or --ca <file> here.',
};
const OTHER_HOST: Cause = {
  says: 'The TLS certificate of {host} is made out to another host name.',
  next: 'Check VODAPAY_BASE_URL for a wrong name or an address in its place, and DNS for a wrong answer.',
};
const NO_TLS: Cause = {
  says: '{host} does not speak TLS.',
  next: 'Check port and scheme of VODAPAY_BASE_URL.',
};
const SILENT: Cause = {
  says: 'Nothing answers at {host}: the connection is not made in time.',
  next: 'A firewall drops the packets: open the way out, or use the proxy of your network.',
};

/** Node's error code → its cause. */
const CAUSES: Readonly<Record<string, Cause>> = {
  ENOTFOUND: {
    says: 'The host name of {host} is unknown to DNS.',
    next: 'Check VODAPAY_BASE_URL for a typing error. Does this network resolve names of the outside?',
  },
  EAI_AGAIN: { says: 'The name server does not answer for {host}.', next: 'Check DNS of this machine or container.' },
  ECONNREFUSED: {
    says: 'Nothing listens at {host}: the connection is refused.',
    next: 'Check host and port of VODAPAY_BASE_URL. A local wallet must be running: npx nestjs-vodapay-wallet.',
  },
  TIMEOUT: SILENT,
  ETIMEDOUT: SILENT,
  SELF_SIGNED_CERT_IN_CHAIN: INTERCEPTED,
  DEPTH_ZERO_SELF_SIGNED_CERT: INTERCEPTED,
  UNABLE_TO_GET_ISSUER_CERT: INTERCEPTED,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: INTERCEPTED,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: INTERCEPTED,
  CERT_HAS_EXPIRED: {
    says: 'The TLS certificate of {host} has expired.',
    next: "Check this machine's clock first. If it is right, the operator of the host must renew the certificate.",
  },
  CERT_NOT_YET_VALID: {
    says: 'The TLS certificate of {host} is not valid yet.',
    next: "Check this machine's clock.",
  },
  ERR_TLS_CERT_ALTNAME_INVALID: OTHER_HOST,
  HOSTNAME_MISMATCH: OTHER_HOST,
  EPROTO: NO_TLS,
  ERR_SSL_WRONG_VERSION_NUMBER: NO_TLS,
  ERR_SSL_PACKET_LENGTH_TOO_LONG: NO_TLS,
};

export function checkNetwork({ network, variables, now }: Facts): readonly Finding[] {
  if (network === undefined) return [];
  return [...checkWay(network, now), ...checkVerification(variables['NODE_TLS_REJECT_UNAUTHORIZED'])];
}

function checkWay(network: NetworkFacts, now: number): readonly Finding[] {
  const { failure, host, origin, proxyVariable, certificateEnds } = network;
  if (proxyVariable !== undefined) return [fine(`The way to ${origin} leads through the proxy of ${proxyVariable}.`)];
  if (failure === undefined)
    return [fine(`${origin} can be reached.`), ...checkCertificate(host, certificateEnds, now)];
  const cause = CAUSES[failure.code] ?? {
    says: `${transportFailureOf(failure.code, '')?.message ?? 'The host cannot be reached.'} ({host}, ${failure.code})`,
    next: 'Try the same from this machine: openssl s_client -connect {host}.',
  };
  return [problem(cause.says.replaceAll('{host}', host), cause.next.replaceAll('{host}', host))];
}

function checkCertificate(host: string, ends: number | undefined, now: number): readonly Finding[] {
  const leftMs = ends === undefined ? Number.POSITIVE_INFINITY : ends - now;
  if (leftMs > SOON_MS) return [];
  const says = `The TLS certificate of ${host} ends in ${Math.max(0, Math.floor(leftMs / DAY_MS))} days.`;
  return [warning(says, 'Its operator must renew it.')];
}

function checkVerification(setting: string | undefined): readonly Finding[] {
  if (setting !== '0') return [];
  const says =
    'NODE_TLS_REJECT_UNAUTHORIZED is 0. This library verifies TLS all the same; the rest of the process does not.';
  return [warning(says, 'Unset it, and give Node the missing authority: NODE_EXTRA_CA_CERTS=<file>.')];
}
