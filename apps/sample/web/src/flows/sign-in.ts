import { finishLogin } from './finish-login.js';
import type { Flow } from './flow.js';
import { getAuthCode } from './get-auth-code.js';

/** A code from VodaPay, a session from the shop. */
export const signIn: Flow = async (context) => {
  const authCode = await getAuthCode(context);
  if (authCode !== undefined) await finishLogin(context, context.api.login(authCode));
};
