/** What a refusal of the probe means for the set-up. */
export interface RefusalCause {
  /** After "VodaPay ". */
  readonly says: string;
  readonly next: string;
}

const WRONG_CLIENT: RefusalCause = {
  says: 'does not know the client id of VODAPAY_CLIENT_ID',
  next: 'Compare it with the portal, digit by digit. Sandbox and production have different ones: is the host the right one?',
};
const AGENT: RefusalCause = {
  says: 'refuses the token of the mini program itself',
  next: "Have the mini program's authorisation renewed at VodaPay.",
};

/** VodaPay's result code → its meaning. A code that isn't here is told as it is. */
export const REFUSAL_CAUSES: Readonly<Record<string, RefusalCause>> = Object.freeze({
  INVALID_SIGNATURE: {
    says: 'does not verify the signature of requests: the public half of VODAPAY_PRIVATE_KEY is not what is registered',
    next: 'Register it at VodaPay for this client id: openssl pkey -in <private key> -pubout. A new registration may take time.',
  },
  KEY_NOT_FOUND: {
    says: 'has no key registered under the version that VODAPAY_KEY_VERSION names',
    next: 'Set VODAPAY_KEY_VERSION to the version that the portal shows for your key; without it, it is 1.',
  },
  INVALID_CLIENT: WRONG_CLIENT,
  INVALID_AUTH_CLIENT: WRONG_CLIENT,
  INVALID_AUTH_CLIENT_STATUS: {
    says: 'has the client of VODAPAY_CLIENT_ID, but not in use',
    next: 'Have it activated at VodaPay.',
  },
  INVALID_API: {
    says: 'has not opened inquiryUserInfo for this client id',
    next: 'Have the API activated at VodaPay, and check that the host is that of the Mini Program Platform.',
  },
  ACCESS_DENIED: {
    says: 'denies this client access to inquiryUserInfo',
    next: 'Have the API activated at VodaPay; a list of allowed addresses may lack that of this machine.',
  },
  EXPIRED_AGENT_TOKEN: AGENT,
  INVALID_AGENT_TOKEN: AGENT,
  REQUEST_TRAFFIC_EXCEED_LIMIT: {
    says: 'has had too many calls of this client',
    next: 'Wait, and run this again. If it stays so, have the limit raised.',
  },
  UNKNOWN_EXCEPTION: {
    says: 'could not say what became of the call (UNKNOWN_EXCEPTION)',
    next: 'Run this again in a minute. If it stays so, give VodaPay the time of the call.',
  },
});

/** The refusals that a token which can't exist must meet. */
export const EXPECTED_REFUSALS: ReadonlySet<string> = new Set(['INVALID_ACCESS_TOKEN', 'EXPIRED_ACCESS_TOKEN']);
