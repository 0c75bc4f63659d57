import type { FlowContext } from './flow.js';

/** A one-time code of VodaPay; undefined when there is none, which has been told by then. */
export async function getAuthCode({ bridge, scopes, tell }: FlowContext): Promise<string | undefined> {
  const answer = (await bridge?.getAuthCode(scopes)) ?? { kind: 'failed' };
  if (answer.kind === 'code') return answer.authCode;
  tell({ type: answer.kind === 'cancelled' ? 'consent-cancelled' : 'no-code-given' });
  return undefined;
}
