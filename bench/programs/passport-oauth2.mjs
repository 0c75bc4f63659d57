// passport-oauth2: code for a token, the profile, a read and a session written. It signs nothing.
/* oxlint-disable no-underscore-dangle -- the documented place of its OAuth client */
import { randomUUID } from 'node:crypto';
import passport from 'passport';
import OAuth2Strategy from 'passport-oauth2';
import { peerApplication } from './peer-application.mjs';
import { peerLinks } from './peer-links.mjs';

const { clientId, walletUrl, databaseUrl } = JSON.parse(process.argv[2]);
const { app, pool, listen } = peerApplication(databaseUrl);
const links = await peerLinks(pool, 'oauth2');

class WalletStrategy extends OAuth2Strategy {
  userProfile(accessToken, done) {
    this._oauth2.useAuthorizationHeaderforGET(true);
    this._oauth2.get(`${walletUrl}/oauth/userinfo`, accessToken, (error, body) =>
      error ? done(error) : done(null, JSON.parse(body)),
    );
  }
}
const settings = {
  authorizationURL: `${walletUrl}/oauth/authorize`,
  tokenURL: `${walletUrl}/oauth/token`,
  clientID: clientId,
  clientSecret: 'not a secret',
  callbackURL: 'http://127.0.0.1/callback',
};
async function signIn({ sub }) {
  const token = randomUUID();
  const accountId = await links.accountOf(sub);
  await links.openSession(token, accountId);
  return { accountId, token };
}
const verify = (_accessToken, _refreshToken, profile, done) => {
  signIn(profile).then(
    (user) => done(null, user),
    (error) => done(error),
  );
};
passport.use('wallet', new WalletStrategy(settings, verify));
app.get('/callback', passport.authenticate('wallet', { session: false }), (request, response) =>
  response.json(request.user),
);
listen();
