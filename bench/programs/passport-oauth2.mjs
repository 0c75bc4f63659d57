// passport-oauth2: code for a token, the profile, a read and a session written. It signs nothing.
import { randomUUID } from 'node:crypto';
import passport from 'passport';
import { peerApplication } from './peer-application.mjs';
import { peerLinks } from './peer-links.mjs';
import { WalletOAuth2Strategy } from './wallet-oauth2-strategy.mjs';

const { databaseUrl, ...wallet } = JSON.parse(process.argv[2]);
const { app, pool, listen } = peerApplication(databaseUrl);
const links = await peerLinks(pool, 'oauth2');

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
passport.use('wallet', new WalletOAuth2Strategy(wallet, verify));
app.get('/callback', passport.authenticate('wallet', { session: false }), (request, response) =>
  response.json(request.user),
);
listen();
