import type { Outcome } from '../api/answers.js';
import type { FlowContext } from './flow.js';

/** Reads who is signed in and how. Without a session nothing is read. */
export async function readAccount({ api, tokens, tell }: FlowContext, outcome?: Outcome): Promise<void> {
  const token = tokens.read();
  if (token === undefined) return;
  const [me, links] = await Promise.all([api.me(token), api.links(token)]);
  // Signed out meanwhile: then it is nobody's.
  if (tokens.read() !== token) return;
  tell({ type: 'account-read', me, links, ...(outcome !== undefined && { outcome }) });
}
