import { parseAnswer, type WalletResult } from '../../protocol/parse-answer.js';
import type { Facts, NetworkFacts, ProbeAnswer, ProbeFacts } from './facts.js';
import { fine, problem, type Finding } from './finding.js';
import { judgeSignature } from './judge-signature.js';
import { EXPECTED_REFUSALS, REFUSAL_CAUSES } from './refusal-causes.js';

/** What the answer to the probe says of keys, client id and host. */
export function checkAnswer(facts: Facts): readonly Finding[] {
  const { probe, network } = facts;
  if (probe === undefined || network === undefined) return [];
  if (probe.answer === undefined) return [noAnswer(probe, network)];
  const unusable = statusFinding(probe.answer, network.host);
  if (unusable !== undefined) return [unusable];
  const parsed = parseAnswer(probe.answer.raw.body);
  if ('problem' in parsed) return [noWallet(probe.answer, network.host)];
  const said = resultFinding(parsed.result);
  const signature = judgeSignature(facts, probe, said?.severity !== 'problem');
  return [...(said === undefined ? [] : [said]), ...signature];
}

function noAnswer({ failure }: ProbeFacts, { host, proxyVariable }: NetworkFacts): Finding {
  const { code = 'VODAPAY_UNREACHABLE', message = '' } = failure ?? {};
  if (proxyVariable !== undefined) {
    const says = `${host} can't be reached through the proxy of ${proxyVariable}. ${message}`;
    return problem(says, `Does the proxy answer, and let CONNECT to ${host} through? NO_PROXY makes exceptions.`);
  }
  if (code === 'VODAPAY_REQUEST_ABORTED') {
    const next = 'Run this again; if it stays so, ask VodaPay, or raise VODAPAY_TIMEOUT_MS.';
    return problem(`${host} takes the connection and does not answer in time.`, next);
  }
  return problem(`${message} (${host})`, 'Run this again. If it stays so, ask whoever runs the host or the network.');
}

interface StatusCause {
  readonly says: string;
  readonly next: string;
}

const PROXY: StatusCause = {
  says: 'wants a login of its own: a proxy or a firewall answers in the place of VodaPay',
  next: 'Let this machine through to VodaPay, without a page between.',
};

/** HTTP statuses that the wallet itself gives with a result, if at all. */
const STATUS_CAUSES: Readonly<Record<number, StatusCause>> = {
  401: PROXY,
  403: PROXY,
  407: PROXY,
  404: {
    says: "does not know the path of VodaPay's API",
    next: 'Check VODAPAY_BASE_URL: it is the origin of the gateway, without a path, and not that of the portal.',
  },
  429: { says: 'has had too many calls (HTTP 429)', next: 'Wait, and run this again.' },
};

function statusFinding({ raw }: ProbeAnswer, host: string): Finding | undefined {
  const { status } = raw;
  if (status >= 300 && status < 400) {
    return problem(
      `${host} redirects (HTTP ${status}).`,
      'Set VODAPAY_BASE_URL to where it leads: redirects are not followed.',
    );
  }
  if (status >= 500) return problem(`${host} answers with a server error (HTTP ${status}).`, 'Run this again later.');
  if (status < 400 || !('problem' in parseAnswer(raw.body))) return undefined;
  const { says, next } = STATUS_CAUSES[status] ?? {
    says: `answers with HTTP ${status}`,
    next: 'Check VODAPAY_BASE_URL.',
  };
  return problem(`${host} ${says}.`, next);
}

function noWallet({ contentType, raw }: ProbeAnswer, host: string): Finding {
  const what = contentType?.split(';')[0] ?? 'something without a type';
  return problem(
    `${host} answers, but not as VodaPay does: HTTP ${raw.status} with ${what} and no result.`,
    'Check VODAPAY_BASE_URL. A proxy or a sign-in page of your network may answer in its place.',
  );
}

function resultFinding({ status, code = 'no code', message }: WalletResult): Finding | undefined {
  if (status === 'S') {
    const says = 'The host accepts a token that cannot exist: it is a mock, and no sign-in against it proves anything.';
    return problem(says, 'Check VODAPAY_BASE_URL. A wallet that checks: npx nestjs-vodapay-wallet.');
  }
  if (EXPECTED_REFUSALS.has(code)) return fine("VodaPay takes this client's signed requests.");
  const { says, next } = REFUSAL_CAUSES[code] ?? {
    says: 'refuses the probe',
    next: 'Give VodaPay code, client id and time.',
  };
  return problem(`VodaPay ${says} (${status} ${printable(code)}).`, `${next}${quoted(message)}`);
}

/** Of an answer that nobody may have signed: shown to the operator who asked, and to nobody else. */
function quoted(message: string | undefined): string {
  return message === undefined ? '' : ` Its own words: "${printable(message)}"`;
}

const printable = (text: string): string => text.replaceAll(/[^\x20-\x7e]/g, '?');
