import type { FirstLogin, FirstLoginWay } from './first-login.js';
import type { FirstLoginResult } from './first-login-result.js';
import type { LinkProofs, UsedTicket } from './proof/link-proofs.js';
import { SingleFlight } from './single-flight.js';
import { correlated } from '../telemetry/correlation.js';
import { untilAborted } from '../until-aborted.js';
import type { AccountLink } from './vodapay-account-link.repository.js';

interface FirstLoginCaller {
  /** Stops this caller's waiting; the first login goes on. */
  readonly signal: AbortSignal | undefined;
  readonly correlationId: string | undefined;
}

/** The first login of a user: an account, or the refusal that carries her ticket. */
export class FirstLoginOrTicket {
  private readonly flights = new SingleFlight<FirstLoginResult>();

  constructor(
    private readonly firstLogin: FirstLogin,
    private readonly proofs: LinkProofs,
  ) {}

  /**
   * Parallel logins of one user in one process share the account, and the one ticket. Their log lines have the id of the
   * login that came first.
   *
   * @param known the row that the caller has just read
   */
  async run(
    first: UsedTicket,
    known: AccountLink | undefined,
    way: FirstLoginWay,
    { signal, correlationId }: Partial<FirstLoginCaller> = {},
  ): Promise<FirstLoginResult> {
    const { namespace, userId } = first.login;
    const key = JSON.stringify([namespace, userId, way.policy]);
    const { result, leads } = this.flights.run(key, () =>
      correlated(() => this.accountOrTicket(first, known, way), correlationId),
    );
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
