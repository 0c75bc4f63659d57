import { OPERATION_NAMES, OPERATION_PATHS, operationAt } from '../protocol/operations.js';
import { refusal, type Refusal } from '../protocol/result.js';
import type { CheckRules } from './check-rules.js';
import { checkSignature } from './check-signature.js';
import { checkTime } from './check-time.js';
import type { IncomingCall } from './incoming-call.js';

const SINGLE_HEADERS = ['content-type', 'client-id', 'request-time', 'signature'] as const;

export interface RequestVerdict {
  /** Why the request is refused. */
  readonly refused?: Refusal;
  /** Why the real gateway would refuse what this lenient wallet lets through. */
  readonly forgiven?: Refusal;
}

/** Everything the gateway looks at before the operation: an empty verdict when the request is in order. */
export function checkRequest(call: IncomingCall, rules: CheckRules, nowMs: number): RequestVerdict {
  const refused = checkForm(call, rules.clientId);
  if (refused !== undefined) return { refused };
  const unproven = checkTime(call.headers['request-time']?.[0], nowMs, rules.skewMs) ?? checkSignature(call, rules);
  if (unproven === undefined) return {};
  return rules.lenient ? { forgiven: unproven } : { refused: unproven };
}

function checkForm(call: IncomingCall, clientId: string): Refusal | undefined {
  return (
    checkTarget(call.target) ??
    checkSender(call) ??
    checkMethod(call.method) ??
    checkRepeatedHeaders(call) ??
    checkContentType(call) ??
    checkClientId(call, clientId)
  );
}

function checkTarget(target: string): Refusal | undefined {
  if (operationAt(target) !== undefined) return undefined;
  const paths = OPERATION_NAMES.map((name) => OPERATION_PATHS[name]);
  const path = target.split('?', 1)[0] ?? '';
  if (operationAt(path) !== undefined) return refusal('INVALID_API', 'The path must carry no query.');
  const near = paths.find((known) => path.toLowerCase().includes(known.slice('/v2'.length).toLowerCase()));
  if (near !== undefined) {
    return refusal('INVALID_API', `No such path. Near it is ${near}: no prefix, no slash at the end, same case.`);
  }
  return refusal('INVALID_API', `No such path. This wallet has ${paths.join(' and ')}.`);
}

/** Only browsers send Origin; in one, everybody who looks can read the token and the key. */
function checkSender({ headers }: IncomingCall): Refusal | undefined {
  if (headers['origin'] === undefined) return undefined;
  return refusal(
    'ACCESS_DENIED',
    "The call carries Origin: it came from a browser. Keys and tokens stay on the merchant's server; call from there.",
  );
}

function checkMethod(method: string): Refusal | undefined {
  return method === 'POST' ? undefined : refusal('METHOD_NOT_SUPPORTED', `The method must be POST, came ${method}.`);
}

function checkRepeatedHeaders({ headers }: IncomingCall): Refusal | undefined {
  const repeated = SINGLE_HEADERS.find((name) => (headers[name]?.length ?? 0) > 1);
  return repeated === undefined ? undefined : refusal('PARAM_ILLEGAL', `The header ${repeated} was sent twice.`);
}

function checkContentType({ headers }: IncomingCall): Refusal | undefined {
  const encoding = headers['content-encoding']?.[0] ?? 'identity';
  if (encoding !== 'identity') {
    return refusal('MEDIA_TYPE_NOT_ACCEPTABLE', 'The body must not be compressed: Content-Encoding was sent.');
  }
  const type = headers['content-type']?.[0];
  if (type === undefined) return refusal('MEDIA_TYPE_NOT_ACCEPTABLE', 'Content-Type: application/json is missing.');
  if (/^application\/json\s*(;\s*charset\s*=\s*"?utf-8"?\s*)?$/i.test(type)) return undefined;
  return refusal('MEDIA_TYPE_NOT_ACCEPTABLE', `Content-Type must be application/json, came ${type}.`);
}

function checkClientId({ headers }: IncomingCall, clientId: string): Refusal | undefined {
  const sent = headers['client-id']?.[0];
  if (sent === undefined || sent === '') return refusal('INVALID_CLIENT', 'The header Client-Id is missing.');
  if (sent === clientId) return undefined;
  return refusal(
    'INVALID_CLIENT',
    `Client-Id ${sent} is not registered here; --client-id or WALLET_CLIENT_ID names the one that is.`,
  );
}
