import type { CallArguments } from '../check/read-arguments.js';
import { makeResult, type Payload, type Refusal } from '../protocol/result.js';
import { formatWireTime } from '../protocol/wire-time.js';
import type { Consent } from '../tokens/consent.js';
import type { HandleEntry, HandleLookUp } from '../tokens/handle-book.js';
import type { TokenStore } from '../tokens/token-store.js';
import { grantUserInfo, sharedScopes } from '../users/grant-user-info.js';
import type { UserDirectory } from '../users/user-directory.js';

/** What the wallet will answer when nothing spoils it. Nothing is used up before `carryOut`. */
export type CallDecision =
  | { readonly granted: false; readonly refusal: Refusal; readonly userId?: string }
  | { readonly granted: true; readonly consent: Consent; readonly carryOut: () => Payload };

export interface Holdings {
  readonly tokens: TokenStore;
  readonly users: UserDirectory;
}

export function decideCall(args: CallArguments, { tokens, users }: Holdings): CallDecision {
  switch (args.call) {
    case 'token':
      return decide(tokens.lookUpCode(args.authCode), (entry) => giveTokens(tokens, entry));
    case 'refresh':
      return decide(tokens.lookUpRefreshToken(args.refreshToken), (entry) => giveTokens(tokens, entry));
    case 'inquiry':
      return decide(tokens.lookUpAccessToken(args.accessToken), ({ consent }) => giveUserInfo(users, consent));
    default:
      return args satisfies never;
  }
}

function decide(found: HandleLookUp, carryOut: (entry: HandleEntry) => Payload): CallDecision {
  if (found.usable) {
    return { granted: true, consent: found.entry.consent, carryOut: () => carryOut(found.entry) };
  }
  return { ...found, granted: false };
}

function giveTokens(tokens: TokenStore, entry: HandleEntry): Payload {
  const issued = tokens.exchange(entry);
  return {
    result: makeResult('SUCCESS'),
    accessToken: issued.accessToken,
    accessTokenExpiryTime: formatWireTime(issued.accessTokenExpiresAt),
    refreshToken: issued.refreshToken,
    refreshTokenExpiryTime: formatWireTime(issued.refreshTokenExpiresAt),
    customerId: entry.consent.userId,
  };
}

function giveUserInfo(users: UserDirectory, { userId, scopes }: Consent): Payload {
  const { userInfo, scopes: shared } = users.find(userId);
  return { result: makeResult('SUCCESS'), userInfo: grantUserInfo(userInfo, sharedScopes(scopes, shared)) };
}
