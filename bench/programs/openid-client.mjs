// openid-client behind a passport strategy: userinfo for an access token, one read of the database. It signs nothing.
import * as openid from 'openid-client';
import passport from 'passport';
import { peerApplication } from './peer-application.mjs';
import { peerLinks } from './peer-links.mjs';

const { clientId, walletUrl, databaseUrl } = JSON.parse(process.argv[2]);
const { app, pool, listen } = peerApplication(databaseUrl);
const links = await peerLinks(pool, 'openid');
const server = { issuer: walletUrl, userinfo_endpoint: `${walletUrl}/oauth/userinfo` };
const configuration = new openid.Configuration(server, clientId);
openid.allowInsecureRequests(configuration);

class BearerStrategy extends passport.Strategy {
  name = 'bearer';

  authenticate(request) {
    const accessToken = request.headers.authorization.slice('Bearer '.length);
    openid
      .fetchUserInfo(configuration, accessToken, openid.skipSubjectCheck)
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
