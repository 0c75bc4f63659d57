// openid-client behind a passport strategy: userinfo for an access token, one read of the database. It signs nothing.
import passport from 'passport';
import { openidOfWallet } from './openid-of-wallet.mjs';
import { peerApplication } from './peer-application.mjs';
import { peerLinks } from './peer-links.mjs';

const { databaseUrl, ...wallet } = JSON.parse(process.argv[2]);
const { app, pool, listen } = peerApplication(databaseUrl);
const links = await peerLinks(pool, 'openid');
const userOf = openidOfWallet(wallet);

class BearerStrategy extends passport.Strategy {
  name = 'bearer';

  authenticate(request) {
    userOf(request)
      .then(({ sub }) => links.accountOf(sub))
      .then(
        (accountId) => this.success({ accountId }),
        (error) => this.error(error),
      );
  }
}
passport.use(new BearerStrategy());
app.get('/me', passport.authenticate('bearer', { session: false }), (request, response) => response.json(request.user));
listen();
