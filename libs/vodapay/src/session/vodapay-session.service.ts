import { Injectable } from '@nestjs/common';
import { VodaPaySessionRepository } from './vodapay-session.repository.js';

/** Ends the sessions that a VodaPay login opened. */
@Injectable()
export class VodaPaySessionService {
  constructor(private readonly repository: VodaPaySessionRepository) {}

  /** Ends one session (`principal.session.id`). Ending it twice is no error. */
  async end(sessionId: string): Promise<void> {
    await this.repository.end(sessionId);
  }

  /** Ends all sessions of an account: call it when you disable the account or its owner signs out everywhere. */
  async endSessions(accountId: string): Promise<void> {
    await this.repository.endByAccount(accountId);
  }
}
