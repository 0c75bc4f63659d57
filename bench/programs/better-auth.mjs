// better-auth: a sign-in by a token of the wallet (user, account and session in its own tables), and its session lookup.
import { fromNodeHeaders } from 'better-auth/node';
import { betterAuthOfWallet } from './better-auth-of-wallet.mjs';
import { peerApplication } from './peer-application.mjs';

const { walletUrl, databaseUrl } = JSON.parse(process.argv[2]);
const { app, pool, answer, listen } = peerApplication(databaseUrl);
const auth = await betterAuthOfWallet(walletUrl, pool);

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
