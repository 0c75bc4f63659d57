import type { Login } from '../api/answers.js';
import { Refused } from '../api/refused.js';
import type { FlowContext } from './flow.js';
import { readAccount } from './read-account.js';

/**
 * Takes what a login came to: a session, or the proof that it needs first. `code` is what the customer has typed, which an
 * approval is waited for with. Returns the account's id when there is a session, which takes the place of a former one.
 */
export async function finishLogin(
  context: FlowContext,
  login: Promise<Login>,
  code?: string,
): Promise<string | undefined> {
  const done = await login.catch((error: unknown) => askForProof(context, error, code));
  if (done === undefined) return undefined;
  const former = context.tokens.read();
  context.tokens.keep(done.session.token);
  if (former !== undefined) await endFormer(context, former);
  await readAccount(context, done.outcome);
  return done.account.id;
}

/** Nobody holds its token from now on. If the server can't end it now, it ends unused: she has a session all the same. */
async function endFormer({ api }: FlowContext, token: string): Promise<void> {
  try {
    await api.logout(token);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
  }
}

/** Throws the error unless it is the question for a proof. */
function askForProof({ tell }: FlowContext, error: unknown, code: string | undefined): undefined {
  if (!(error instanceof Refused) || error.refusal.code !== 'VODAPAY_LINK_PROOF_REQUIRED') throw error;
  const { ticket, delivery } = error.refusal;
  if (ticket === undefined || delivery === undefined) throw error;
  if (delivery !== 'approval') tell({ type: 'proof-asked', ticket, delivery });
  else if (code !== undefined) tell({ type: 'approval-asked', ticket, code });
  else throw error;
  return undefined;
}
