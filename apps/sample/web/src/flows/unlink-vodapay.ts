import { Refused } from '../api/refused.js';
import { finishLogin } from './finish-login.js';
import type { Flow, FlowContext } from './flow.js';
import { getAuthCode } from './get-auth-code.js';

/**
 * Takes VodaPay away from the account. The server wants a recent sign-in for that: if this one is too old, VodaPay is asked
 * once more. Whoever signs in then may be somebody else, whose account stays as it is.
 */
export const unlinkVodaPay: Flow = async (context) => {
  const { api, tokens, tell, state } = context;
  const { place } = state();
  const token = tokens.read();
  if (place.kind !== 'signed-in' || token === undefined) return;
  if (!(await isDone(api.unlink(token)))) {
    const again = await signInAgain(context, place.me.account.id);
    if (again === undefined) return;
    await api.unlink(again);
  }
  tokens.drop();
  tell({ type: 'unlinked' });
};

/** False when the server asks for a recent sign-in first. */
async function isDone(unlinking: Promise<void>): Promise<boolean> {
  try {
    await unlinking;
    return true;
  } catch (error) {
    if (error instanceof Refused && error.refusal.code === 'VODAPAY_REAUTHENTICATION_REQUIRED') return false;
    throw error;
  }
}

/** The token of a new session of that account; undefined when it didn't come to one, which has been told by then. */
async function signInAgain(context: FlowContext, accountId: string): Promise<string | undefined> {
  const authCode = await getAuthCode(context);
  if (authCode === undefined) return undefined;
  const account = await finishLogin(context, context.api.login(authCode));
  if (account === undefined) return undefined;
  if (account === accountId) return context.tokens.read();
  context.tell({ type: 'somebody-else-signed-in' });
  return undefined;
}
