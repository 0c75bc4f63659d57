import { issueCode } from '../codes/issue-code.js';
import { listFaults } from '../faults/list-faults.js';
import { parseUser } from '../users/parse-users.js';
import type { Wallet } from '../wallet.js';
import { ControlError } from './control-error.js';
import { readFaultRule } from './read-fault-rule.js';
import { readOptionalNumber, readOptionalText, readScopes, readUserId, type Fields } from './read-fields.js';

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
    return { authCode: asRefusal(() => issueCode(wallet, request)) };
  },
  'GET /codes': (_, { codes }) => codes.list(),
  'POST /revoke': (fields, { tokens }) => tokens.revoke(readUserId(fields)),
  'POST /expire': (fields, { tokens }) => tokens.expire(readUserId(fields)),
  'GET /calls': (_, { calls }) => calls.list(),
  'GET /users': (fields, { users }) => {
    const text = readOptionalText(fields, 'search');
    const limit = readOptionalNumber(fields, 'limit');
    return users.search({ ...(text !== undefined && { text }), ...(limit !== undefined && { limit }) });
  },
  'POST /users': (fields, { users }) => {
    const user = asRefusal(() => parseUser({ about: 'Added by hand', ...fields }, 'The body'));
    users.put(user);
    return user;
  },
  'GET /faults': (_, { faults }) => ({ known: listFaults(), active: faults.list() }),
  'POST /faults': (fields, { faults }) => {
    const rule = readFaultRule(fields);
    const id = asRefusal(() => faults.add(rule));
    return { id, active: faults.list() };
  },
  'DELETE /faults': (fields, { faults }) => {
    const id = readOptionalNumber(fields, 'id');
    if (id === undefined) return faults.clear();
    if (!faults.remove(id)) throw new ControlError(404, `There is no fault rule ${id}.`);
    return undefined;
  },
  'GET /settings': (_, { clientId, checks, users, rateLimit }, settings) => ({
    clientId,
    ...settings,
    lenient: checks.lenient,
    ...(rateLimit !== undefined && { rateLimitPerSecond: rateLimit.perSecond }),
    userCount: users.list().length,
    ...(users.problem !== undefined && { usersProblem: users.problem }),
  }),
} satisfies Record<string, Route>);

/** A TypeError is about what the caller sent. */
function asRefusal<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (error instanceof TypeError) throw new ControlError(400, error.message);
    throw error;
  }
}
