import { listFaults } from '../faults/list-faults.js';
import { issueCode } from '../issue-code.js';
import type { Wallet } from '../wallet.js';
import { ControlError } from './control-error.js';
import { readFaultRule } from './read-fault-rule.js';
import { readOptionalText, readScopes, readUserId, type Fields } from './read-fields.js';

export interface ControlSettings {
  readonly walletUrl: string;
  /** What the page shows in its phone. */
  readonly miniProgramUrl: string;
}

/** What a route answers; undefined is 204. */
type Route = (fields: Fields, wallet: Wallet, settings: ControlSettings) => unknown;

/** The control port's JSON routes, `<method> <path>` → what it answers. */
export const CONTROL_ROUTES: Readonly<Record<string, Route>> = Object.freeze({
  'POST /codes': (fields, wallet) => {
    const userId = readUserId(fields);
    const scopes = readScopes(fields);
    const fault = readOptionalText(fields, 'fault');
    const request = { userId, ...(scopes !== undefined && { scopes }), ...(fault !== undefined && { fault }) };
    return { authCode: withKnownFault(() => issueCode(wallet, request)) };
  },
  'POST /revoke': (fields, { tokens }) => tokens.revoke(readUserId(fields)),
  'POST /expire': (fields, { tokens }) => tokens.expire(readUserId(fields)),
  'GET /calls': (_, { calls }) => calls.list(),
  'GET /users': (_, { users }) => users.list(),
  'GET /faults': (_, { faults }) => ({ known: listFaults(), active: faults.list() }),
  'POST /faults': (fields, { faults }) => {
    const rule = readFaultRule(fields);
    withKnownFault(() => faults.add(rule));
    return { active: faults.list() };
  },
  'DELETE /faults': (_, { faults }) => faults.clear(),
  'GET /settings': (_, { clientId }, settings) => ({ clientId, ...settings }),
} satisfies Record<string, Route>);

function withKnownFault<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (error instanceof TypeError) throw new ControlError(400, error.message);
    throw error;
  }
}
