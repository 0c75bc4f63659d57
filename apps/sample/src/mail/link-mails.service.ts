import { Injectable } from '@nestjs/common';
import { LinkNotifier, LinkProofSender, type LinkNotice, type LinkProof } from 'nestjs-vodapay';
import { AccountsService } from '../accounts/accounts.service.js';
import { Mails } from './mails.service.js';

/** A code lives for minutes: the time of day is enough. */
const TIME = new Intl.DateTimeFormat('en-ZA', { timeStyle: 'short', timeZone: 'Africa/Johannesburg' });

/** Sends the one-time codes of `ask` to the e-mail on record, which this shop has verified; never to the wallet's. */
@Injectable()
export class CodesByMail extends LinkProofSender {
  constructor(
    private readonly accounts: AccountsService,
    private readonly mails: Mails,
  ) {
    super();
  }

  async send({ accountId, code, expiresAt, merchantName }: LinkProof): Promise<void> {
    await this.mails.send({
      to: await this.accounts.verifiedEmail(accountId),
      subject: `${merchantName}: your code ${code}`,
      text:
        `${code} lets a VodaPay wallet open your account at ${merchantName}, until ` +
        `${TIME.format(expiresAt)} South African time. Type it only in our mini program, in your own VodaPay app. ` +
        'Nobody of us will ask you for it. Was it not you? Then do nothing.',
    });
  }
}

const NOTICES: Readonly<Record<LinkNotice['kind'], string>> = Object.freeze({
  linked: 'A VodaPay wallet now opens your account.',
  unlinked: 'A VodaPay wallet no longer opens your account.',
  'moved-away': 'A VodaPay wallet that opened your account now opens another one.',
  'moved-here': 'A VodaPay wallet that opened another account now opens yours.',
});

/** Tells the owner of an account, where there is a verified e-mail. */
@Injectable()
export class NoticesByMail extends LinkNotifier {
  constructor(
    private readonly accounts: AccountsService,
    private readonly mails: Mails,
  ) {
    super();
  }

  async notify({ kind, accountId }: LinkNotice): Promise<void> {
    const to = await this.accounts.verifiedEmail(accountId).catch(() => undefined);
    if (to === undefined) return;
    await this.mails.send({ to, subject: 'Corner Shop: your account', text: `${NOTICES[kind]} Not you? Talk to us.` });
  }
}
