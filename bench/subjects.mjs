import { accessTokenOf, USERS } from './users.mjs';

/** Few, so that each is asked with again within the second that a session is cached, on a slow machine too. */
const SESSIONS = 8;

let sequence = 0;
/** Every auth code is new; the wallet of the benchmark looks at the user's number in it only. */
const nextCode = () => `code-${sequence % USERS}-${(sequence += 1)}`;

const withAccessToken = (n) => ({ route: '/me', headers: { authorization: `Bearer ${accessTokenOf(n)}` } });
const post = (route, body) => ({ method: 'POST', route, body });
const loginByCode = () => post('/login', { authCode: nextCode() });
const everyUser = Array.from({ length: USERS }, (_, n) => n);

/** Sign-ins before the run, whose sessions are then asked with. */
const sessionsOfOurs = async (ask) => {
  const answers = await Promise.all(everyUser.map(() => ask(loginByCode())));
  return answers.map(({ body }) => ({ route: '/me', headers: { authorization: `Bearer ${body.token}` } }));
};
const sessionsOfBetterAuth = async (ask) => {
  const answers = await Promise.all(everyUser.map((n) => ask(post('/login', { token: accessTokenOf(n) }))));
  return answers.map(({ body }) => ({ route: '/me', headers: { cookie: body.cookie } }));
};
const signInToBetterAuth = (n) =>
  post('/api/auth/sign-in/social', { provider: 'google', idToken: { token: accessTokenOf(n) } });
const sessionsOfBetterAuthInNest = async (ask) => {
  const answers = await Promise.all(everyUser.map((n) => ask(signInToBetterAuth(n))));
  return answers.map(({ headers }) => ({ route: '/me', headers: { cookie: headers['set-cookie'][0].split(';')[0] } }));
};
const callback = () => ({ route: `/callback?code=${nextCode()}` });

/** Each user once before the run, one at a time: the naive program fails when two first logins of one user meet. */
const oneAfterTheOther = async (ask) => {
  for (const n of everyUser) await ask(withAccessToken(n));
};

/**
 * What is measured. `program` (with `platform` and `transport`) runs in a process of its own, one for all subjects that
 * name it. `run` is work inside it without HTTP; else `request(n, prepared)` says what is sent, `prepare` what must have
 * come before. What goes over undici stands beside the same over node:https. `route` marks what needs no wallet call. A peer
 * stands there as a Nest team has it, and lean: plain Express, a pool and one prepared statement.
 */
export const SUBJECTS = [
  { id: 'sign', title: 'async RSA-2048 sign (the bound)', program: 'merchant', platform: 'express', run: 'sign' },
  {
    id: 'bare-express',
    title: 'bare Nest route, Express',
    program: 'merchant',
    platform: 'express',
    route: true,
    request: bare,
  },
  { id: 'open-guard-express', title: 'route with a guard that lets all in, Express', ...openGuardOn('express') },
  { id: 'guarded-express', title: 'guarded request, live session, Express', ...sessionOn('express') },
  {
    id: 'bare-fastify',
    title: 'bare Nest route, Fastify',
    program: 'merchant',
    platform: 'fastify',
    route: true,
    request: bare,
  },
  { id: 'open-guard-fastify', title: 'route with a guard that lets all in, Fastify', ...openGuardOn('fastify') },
  { id: 'guarded-fastify', title: 'guarded request, live session, Fastify', ...sessionOn('fastify') },
  {
    id: 'login-token',
    title: 'returning login by access token',
    program: 'merchant',
    platform: 'express',
    request: withAccessToken,
  },
  {
    id: 'login-token-fastify',
    title: 'returning login by access token, Fastify',
    program: 'merchant',
    platform: 'fastify',
    request: withAccessToken,
  },
  {
    id: 'login-token-undici',
    title: 'returning login by access token, over undici',
    program: 'merchant',
    platform: 'express',
    transport: 'undici',
    request: withAccessToken,
  },
  {
    id: 'login-code',
    title: 'login by auth code (two wallet calls, session written)',
    program: 'merchant',
    platform: 'express',
    request: loginByCode,
  },
  {
    id: 'login-code-fastify',
    title: 'login by auth code, Fastify',
    program: 'merchant',
    platform: 'fastify',
    request: loginByCode,
  },
  {
    id: 'login-code-undici',
    title: 'login by auth code, over undici',
    program: 'merchant',
    platform: 'express',
    transport: 'undici',
    request: loginByCode,
  },
  { id: 'client-sign', title: "async RSA-2048 sign, in the client's process", program: 'client', run: 'sign' },
  { id: 'signed-call', title: 'sign, node:http, verify, parse: by hand', program: 'client', run: 'signed-call' },
  { id: 'client', title: 'wallet client alone', program: 'client', run: 'client' },
  {
    id: 'client-undici',
    title: 'wallet client alone, over undici',
    program: 'client',
    transport: 'undici',
    run: 'client',
  },
  {
    id: 'naive',
    title: 'naive Nest: login by access token',
    program: 'naive',
    prepare: oneAfterTheOther,
    request: withAccessToken,
    peer: true,
  },
  {
    id: 'alipay-nest',
    title: 'alipay-sdk in Nest: the same',
    program: 'alipay-sdk-in-nest',
    request: withAccessToken,
    peer: true,
  },
  { id: 'alipay', title: 'alipay-sdk, lean: the same', program: 'alipay-sdk', request: withAccessToken, peer: true },
  {
    id: 'openid-nest',
    title: 'openid-client + passport in Nest: the same, nothing signed',
    program: 'openid-client-in-nest',
    request: withAccessToken,
    peer: true,
  },
  {
    id: 'openid',
    title: 'openid-client + passport, lean: the same, nothing signed',
    program: 'openid-client',
    request: withAccessToken,
    peer: true,
  },
  {
    id: 'oauth2-nest',
    title: 'passport-oauth2 in Nest: login by auth code, nothing signed',
    program: 'passport-oauth2-in-nest',
    request: callback,
    peer: true,
  },
  {
    id: 'oauth2',
    title: 'passport-oauth2, lean: login by auth code, nothing signed',
    program: 'passport-oauth2',
    request: callback,
    peer: true,
  },
  {
    id: 'better-auth-login-nest',
    title: 'better-auth in Nest: sign-in by a token, nothing signed',
    program: 'better-auth-in-nest',
    request: signInToBetterAuth,
    peer: true,
  },
  {
    id: 'better-auth-login',
    title: 'better-auth, lean: sign-in by a token, nothing signed',
    program: 'better-auth',
    request: (n) => post('/login', { token: accessTokenOf(n) }),
    peer: true,
  },
  {
    id: 'better-auth-session-nest',
    title: 'better-auth in Nest: session lookup',
    program: 'better-auth-in-nest',
    prepare: sessionsOfBetterAuthInNest,
    request: (n, prepared) => prepared[n % SESSIONS],
    peer: true,
  },
  {
    id: 'better-auth-session',
    title: 'better-auth, lean: session lookup',
    program: 'better-auth',
    prepare: sessionsOfBetterAuth,
    request: (n, prepared) => prepared[n % SESSIONS],
    peer: true,
  },
];

function bare() {
  return { route: '/bare' };
}

/** What any guard costs in Nest. */
function openGuardOn(platform) {
  return { program: 'merchant', platform, route: true, request: () => ({ route: '/open-guard' }) };
}

function sessionOn(platform) {
  return {
    program: 'merchant',
    platform,
    route: true,
    prepare: sessionsOfOurs,
    request: (n, prepared) => prepared[n % SESSIONS],
  };
}
