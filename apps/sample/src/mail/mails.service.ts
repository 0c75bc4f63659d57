import { Injectable } from '@nestjs/common';

/** A message to a customer. */
export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** What the outbox keeps, so that a busy development day doesn't fill the memory. */
const KEPT = 50;

/**
 * Sends mail: in development into an outbox that `GET /development/outbox` shows. Connect your mail provider here; until
 * then sending fails in production, and the library answers VODAPAY_LINK_PROOF_NOT_SENT.
 */
@Injectable()
export class Mails {
  private readonly kept: Mail[] = [];

  async send(mail: Mail): Promise<void> {
    if (!isDevelopment()) throw new Error('No mail provider is connected.');
    this.kept.unshift(mail);
    this.kept.length = Math.min(this.kept.length, KEPT);
  }

  /** Newest first. */
  get outbox(): readonly Mail[] {
    return this.kept;
  }
}

export function isDevelopment(): boolean {
  return process.env['NODE_ENV'] !== 'production';
}
