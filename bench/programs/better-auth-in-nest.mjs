// better-auth in a Nest application: its handler mounted for its own routes, and a guard that looks the session up. What it
// stores is in its own tables, over a pool as it documents.
import { UnauthorizedException } from '@nestjs/common';
import { fromNodeHeaders, toNodeHandler } from 'better-auth/node';
import pg from 'pg';
import { betterAuthOfWallet } from './better-auth-of-wallet.mjs';
import { peerInNest } from './peer-in-nest.mjs';

const { walletUrl, databaseUrl } = JSON.parse(process.argv[2]);
const auth = await betterAuthOfWallet(walletUrl, new pg.Pool({ connectionString: databaseUrl, max: 16 }));

class SessionGuard {
  async canActivate(context) {
    const request = context.switchToHttp().getRequest();
    const session = await auth.api.getSession({ headers: fromNodeHeaders(request.headers) });
    if (session === null) throw new UnauthorizedException();
    request.user = { accountId: session.user.id };
    return true;
  }
}

await peerInNest({ guard: SessionGuard, mounted: { path: '/api/auth/*splat', handler: toNodeHandler(auth) } });
