// alipay-sdk in the guard of a Nest route: one signed call, its answer verified, one read by a repository.
import { Inject } from '@nestjs/common';
import { alipayOfWallet } from './alipay-of-wallet.mjs';
import { PeerAccounts } from './peer-accounts.mjs';
import { peerInNest } from './peer-in-nest.mjs';

const { databaseUrl, ...wallet } = JSON.parse(process.argv[2]);
const userOf = alipayOfWallet(wallet);

class AlipayGuard {
  constructor(accounts) {
    this.accounts = accounts;
  }

  async canActivate(context) {
    const request = context.switchToHttp().getRequest();
    const { userId } = await userOf(request);
    request.user = { accountId: await this.accounts.accountOf(userId) };
    return true;
  }
}
Inject(PeerAccounts)(AlipayGuard, undefined, 0);

await peerInNest({ databaseUrl, guard: AlipayGuard });
