// openid-client in a strategy of @nestjs/passport: userinfo for an access token, one read by a repository. It signs nothing.
import { Inject } from '@nestjs/common';
import { AuthGuard, PassportStrategy } from '@nestjs/passport';
import { Strategy } from 'passport-custom';
import { openidOfWallet } from './openid-of-wallet.mjs';
import { PeerAccounts } from './peer-accounts.mjs';
import { peerInNest } from './peer-in-nest.mjs';

const { databaseUrl, ...wallet } = JSON.parse(process.argv[2]);
const userOf = openidOfWallet(wallet);

class BearerStrategy extends PassportStrategy(Strategy, 'bearer') {
  constructor(accounts) {
    super();
    this.accounts = accounts;
  }

  async validate(request) {
    const { sub } = await userOf(request);
    return { accountId: await this.accounts.accountOf(sub) };
  }
}
Inject(PeerAccounts)(BearerStrategy, undefined, 0);

await peerInNest({ databaseUrl, guard: AuthGuard('bearer'), providers: [BearerStrategy] });
