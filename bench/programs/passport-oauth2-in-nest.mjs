// passport-oauth2 behind the guard of @nestjs/passport: code for a token, the profile, a read and a session written by
// repositories. It signs nothing.
import { randomUUID } from 'node:crypto';
import { Inject } from '@nestjs/common';
import { AuthGuard, PassportStrategy } from '@nestjs/passport';
import { PeerAccounts } from './peer-accounts.mjs';
import { peerInNest } from './peer-in-nest.mjs';
import { WalletOAuth2Strategy } from './wallet-oauth2-strategy.mjs';

const { databaseUrl, ...wallet } = JSON.parse(process.argv[2]);

class WalletStrategy extends PassportStrategy(WalletOAuth2Strategy, 'wallet') {
  constructor(accounts) {
    super(wallet);
    this.accounts = accounts;
  }

  async validate(_accessToken, _refreshToken, { sub }) {
    const token = randomUUID();
    const accountId = await this.accounts.accountOf(sub);
    await this.accounts.openSession(token, accountId);
    return { accountId, token };
  }
}
Inject(PeerAccounts)(WalletStrategy, undefined, 0);

await peerInNest({ databaseUrl, route: 'callback', guard: AuthGuard('wallet'), providers: [WalletStrategy] });
