import type { FirstLogin, FirstLoginWay } from './first-login.js';
import type { FirstLoginResult } from './first-login-result.js';
import type { LinkProofs, UsedTicket } from './proof/link-proofs.js';
import { SingleFlight } from './single-flight.js';
import { untilAborted } from '../until-aborted.js';
import type { AccountLink } from './vodapay-account-link.repository.js';

/** The first login of a user: an account, or the refusal that carries her ticket. */
export class FirstLoginOrTicket {
  private readonly flights = new SingleFlight<FirstLoginResult>();

  constructor(
    private readonly firstLogin: FirstLogin,
    private readonly proofs: LinkProofs,
  ) {}

  /**
   * Parallel logins of one user in one process share the account, and the one ticket.
   *
   * @param known the row that the caller has just read
   */
  async run(
    first: UsedTicket,
    known: AccountLink | undefined,
    way: FirstLoginWay,
    signal?: AbortSignal,
  ): Promise<FirstLoginResult> {
    const { namespace, userId } = first.login;
    const key = JSON.stringify([namespace, userId, way.policy]);
    const { result, leads } = this.flights.run(key, () => this.accountOrTicket(first, known, way));
    const { link, outcome } = await untilAborted(result, signal);
    return { link, outcome: leads ? outcome : 'existing' };
  }

  private async accountOrTicket(
    { login, ...content }: UsedTicket,
    known: AccountLink | undefined,
    way: FirstLoginWay,
  ): Promise<FirstLoginResult> {
    const ended = await this.firstLogin.run(login, content.profile, known, way);
    if ('kind' in ended) throw await this.proofs.ask(ended, login, content);
    return ended;
  }
}
