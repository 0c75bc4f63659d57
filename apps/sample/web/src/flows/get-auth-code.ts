import type { FlowContext } from './flow.js';

/** `auth_base` is who she is, without asking her; `auth_user` her profile, with her consent. */
const SCOPES = ['auth_base', 'auth_user'];

/** A one-time code of VodaPay; undefined when there is none, which has been told by then. */
export async function getAuthCode({ bridge, tell }: FlowContext): Promise<string | undefined> {
  const answer = (await bridge?.getAuthCode(SCOPES)) ?? { kind: 'failed' };
  if (answer.kind === 'code') return answer.authCode;
  tell({ type: answer.kind === 'cancelled' ? 'consent-cancelled' : 'no-code-given' });
  return undefined;
}
