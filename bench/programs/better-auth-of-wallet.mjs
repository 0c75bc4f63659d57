import { betterAuth } from 'better-auth';
import { getMigrations } from 'better-auth/db/migration';

/** better-auth on its own tables, with the wallet of the benchmark in the place of a provider. */
export async function betterAuthOfWallet(walletUrl, pool) {
  const auth = betterAuth({
    baseURL: 'http://127.0.0.1',
    secret: 'a benchmark keeps no secrets, but better-auth wants 32 characters',
    database: pool,
    logger: { disabled: true },
    telemetry: { enabled: false },
    // One client sends all the requests here: by its default it would refuse them.
    rateLimit: { enabled: false },
    // Its built-in provider with functions of ours in the place of Google's: the wallet is asked, nothing is signed.
    socialProviders: {
      google: {
        clientId: 'bench',
        clientSecret: 'bench',
        verifyIdToken: async () => true,
        getUserInfo: ({ idToken }) => userOf(walletUrl, idToken),
      },
    },
  });
  const { runMigrations } = await getMigrations(auth.options);
  await runMigrations();
  return auth;
}

async function userOf(walletUrl, accessToken) {
  const answer = await fetch(`${walletUrl}/oauth/userinfo`, { headers: { authorization: `Bearer ${accessToken}` } });
  const { sub, name, email } = await answer.json();
  return { user: { id: sub, name, email, emailVerified: true }, data: { sub } };
}
