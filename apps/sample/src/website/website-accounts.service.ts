import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { ConflictException, Injectable, UnauthorizedException } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { QueryFailedError, type Repository } from 'typeorm';
import { AccountsService } from '../accounts/accounts.service.js';
import { Mails } from '../mail/mails.service.js';
import { Credential } from './credential.entity.js';
import { hashPassword, isPassword } from './password.js';

/** Registers and signs in at the shop's own website, outside VodaPay. */
@Injectable()
export class WebsiteAccounts {
  constructor(
    @InjectRepository(Credential) private readonly credentials: Repository<Credential>,
    private readonly accounts: AccountsService,
    private readonly mails: Mails,
  ) {}

  /** Makes an account and mails the link that verifies its e-mail. Returns the account's id. */
  async register(email: string, password: string): Promise<string> {
    const token = randomBytes(32).toString('base64url');
    const accountId = randomUUID();
    const passwordHash = await hashPassword(password);
    const credential = { accountId, email, passwordHash, verificationHash: hash(token), provenAt: null };
    await this.credentials.insert(credential).catch((error: unknown) => {
      // The unique index on the e-mail decides.
      if (error instanceof QueryFailedError) throw new ConflictException();
      throw error;
    });
    await this.accounts.register(accountId, email);
    // Put your site's own address before it, never the request's Host: whoever registers writes that header.
    const text = `Open this page of our website, where you registered: /website/verify?token=${token}`;
    await this.mails.send({ to: email, subject: 'Corner Shop: verify your e-mail', text });
    return accountId;
  }

  /** The account's id. Throws UnauthorizedException, as slowly for an unknown e-mail as for a wrong password. */
  async signIn(email: string, password: string): Promise<string> {
    const credential = await this.credentials.findOneBy({ email });
    if (!(await isPassword(password, credential?.passwordHash))) throw new UnauthorizedException();
    if (credential === null) throw new UnauthorizedException();
    const account = await this.accounts.find(credential.accountId);
    if (account?.state !== 'active') throw new UnauthorizedException();
    return credential.accountId;
  }

  /**
   * Verifies the e-mail of the account whose mail held this token. Who is signed in to that account meanwhile has shown
   * mailbox and password; from anybody else the password stays unproven.
   */
  async verify(token: string, signedInAs: string | undefined): Promise<boolean> {
    const credential = await this.credentials.findOneBy({ verificationHash: hash(token) });
    if (credential === null) return false;
    const { accountId, email } = credential;
    await this.accounts.markVerified(accountId, email);
    const provenAt = signedInAs === accountId ? Date.now() : null;
    await this.credentials.update({ accountId }, { verificationHash: null, provenAt });
    return true;
  }
}

function hash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
