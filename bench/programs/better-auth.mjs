// better-auth: a sign-in by a token of the wallet (user, account and session in its own tables), and its session lookup.
import { betterAuth } from 'better-auth';
import { getMigrations } from 'better-auth/db/migration';
import { fromNodeHeaders } from 'better-auth/node';
import { peerApplication } from './peer-application.mjs';

const { walletUrl, databaseUrl } = JSON.parse(process.argv[2]);
const { app, pool, answer, listen } = peerApplication(databaseUrl);

async function userOf(accessToken) {
  const answer = await fetch(`${walletUrl}/oauth/userinfo`, { headers: { authorization: `Bearer ${accessToken}` } });
  const { sub, name, email } = await answer.json();
  return { user: { id: sub, name, email, emailVerified: true }, data: { sub } };
}

const auth = betterAuth({
  baseURL: 'http://127.0.0.1',
  secret: 'a benchmark keeps no secrets, but better-auth wants 32 characters',
  database: pool,
  logger: { disabled: true },
  telemetry: { enabled: false },
  rateLimit: { enabled: false },
  // Its built-in provider with functions of ours in the place of Google's: the wallet is asked, nothing is signed.
  socialProviders: {
    google: {
      clientId: 'bench',
      clientSecret: 'bench',
      verifyIdToken: async () => true,
      getUserInfo: ({ idToken }) => userOf(idToken),
    },
  },
});
const { runMigrations } = await getMigrations(auth.options);
await runMigrations();

async function login(request) {
  const body = { provider: 'google', idToken: { token: request.body.token } };
  const { headers } = await auth.api.signInSocial({ body, returnHeaders: true });
  return { cookie: headers.get('set-cookie').split(';')[0] };
}

async function me(request) {
  const session = await auth.api.getSession({ headers: fromNodeHeaders(request.headers) });
  return { accountId: session.user.id };
}
app.post('/login', answer(login));
app.get('/me', answer(me));
listen();
