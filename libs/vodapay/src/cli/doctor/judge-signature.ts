import { VodaPayError } from '../../errors/vodapay-error.js';
import type { VodaPayErrorCode } from '../../errors/vodapay-errors.js';
import { OPERATIONS } from '../../protocol/operations.js';
import { parsePublicKey } from '../../protocol/parse-public-key.js';
import { proveAnswer } from '../../protocol/prove-answer.js';
import { DEFAULTS } from '../../vodapay.options.js';
import type { Facts, ProbeFacts } from './facts.js';
import { fine, problem, warning, type Finding } from './finding.js';

/** Why an answer's signature does not count: the library's code → what to do. */
const NEXT: Readonly<Partial<Record<VodaPayErrorCode, string>>> = {
  VODAPAY_RESPONSE_SIGNATURE_INVALID:
    "Take VodaPay's public key from the portal of this very environment: sandbox and production have different ones.",
  VODAPAY_RESPONSE_KEY_UNKNOWN: 'Set VODAPAY_PUBLIC_KEY and VODAPAY_PUBLIC_KEY_VERSION to the key that signs now.',
  VODAPAY_RESPONSE_STALE: 'Something may keep answers and give them out late. Let no cache stand between.',
  VODAPAY_RESPONSE_CLIENT_MISMATCH: 'Something gives out the answers of another client. Let no cache stand between.',
  VODAPAY_RESPONSE_UNSIGNED: 'Something takes headers away. Let Client-Id, Response-Time and Signature through.',
};

const SAYS: Readonly<Partial<Record<VodaPayErrorCode, string>>> = {
  VODAPAY_RESPONSE_SIGNATURE_INVALID:
    "The answer's signature does not verify with VODAPAY_PUBLIC_KEY: it is not the key that VodaPay signs with.",
};

/**
 * What the answer's signature says of VodaPay's key.
 *
 * @param refusedAsExpected whether the answer is the one that a right set-up gets
 */
export function judgeSignature(facts: Facts, probe: ProbeFacts, refusedAsExpected: boolean): readonly Finding[] {
  const { variables, publicKey } = facts;
  const key = usableKey(publicKey.text);
  const { VODAPAY_CLIENT_ID: clientId = '', VODAPAY_PUBLIC_KEY_VERSION: version = '1' } = variables;
  if (key === undefined || probe.answer === undefined) return [];
  try {
    const proof = proveAnswer(OPERATIONS.inquiryUserInfo, probe.answer.raw, {
      responseSignature: 'required',
      clientId,
      publicKeys: new Map([[Number(version), key]]),
      responseTimeToleranceMs: DEFAULTS.responseTimeToleranceMs,
      now: probe.receivedAt,
    });
    if (proof === 'verified') return [fine("VodaPay's answers verify with VODAPAY_PUBLIC_KEY.")];
    return refusedAsExpected ? [unsigned(variables['VODAPAY_RESPONSE_SIGNATURE'])] : [];
  } catch (error) {
    if (!(error instanceof VodaPayError)) throw error;
    return [problem(SAYS[error.code] ?? error.message, NEXT[error.code] ?? 'Give VodaPay the time of the call.')];
  }
}

function unsigned(policy: string | undefined): Finding {
  if (policy === 'required') {
    const says = 'VodaPay signs no refusal here, and VODAPAY_RESPONSE_SIGNATURE is "required".';
    return problem(says, 'Use required-on-success, the default: it needs a signature of what signs somebody in.');
  }
  const says = 'The refusal came unsigned, so whether VODAPAY_PUBLIC_KEY is the right one stays open.';
  return warning(
    says,
    'The sandbox signs nothing: a sign-in there needs VODAPAY_RESPONSE_SIGNATURE=off, production never.',
  );
}

function usableKey(text: string | undefined): ReturnType<typeof parsePublicKey> | undefined {
  try {
    return text === undefined ? undefined : parsePublicKey(text, 'VODAPAY_PUBLIC_KEY');
  } catch {
    return undefined; // check-keys.ts has said what is wrong with it
  }
}
