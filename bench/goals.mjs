/** The ratios that are watched. `limit` is what the project wants of itself: `at most`, or `at least` where so said. */
export const GOALS = [
  { id: 'client', title: 'sign ÷ wallet client alone', of: 'client-sign', to: 'client', atLeast: 0.7 },
  { id: 'login-token', title: 'returning login by access token ÷ sign', of: 'login-token', to: 'sign', atMost: 2.3 },
  { id: 'login-code', title: 'login by auth code ÷ two signs', of: 'login-code', to: 'sign', times: 0.5, atMost: 2.2 },
  { id: 'wire-express', title: 'bare ÷ guarded, Express', of: 'bare-express', to: 'guarded-express', atLeast: 0.85 },
  { id: 'wire-fastify', title: 'bare ÷ guarded, Fastify', of: 'bare-fastify', to: 'guarded-fastify', atLeast: 0.95 },
  { id: 'naive', title: 'naive ÷ ours', of: 'naive', to: 'login-token', atLeast: 3.3, peer: true },
  { id: 'alipay', title: 'alipay-sdk ÷ ours', of: 'alipay', to: 'login-token', atLeast: 2.6, peer: true },
  { id: 'openid', title: 'openid-client ÷ ours', of: 'openid', to: 'login-token', atLeast: 1.3, peer: true },
  { id: 'oauth2', title: 'passport-oauth2 ÷ ours, by auth code', of: 'oauth2', to: 'login-code', peer: true },
  {
    id: 'better-auth-login',
    title: 'better-auth sign-in ÷ our login by access token',
    of: 'better-auth-login',
    to: 'login-token',
    atLeast: 3.6,
    peer: true,
  },
  {
    id: 'better-auth-session',
    title: 'better-auth session ÷ our guarded request, Express',
    of: 'better-auth-session',
    to: 'guarded-express',
    atLeast: 8,
    peer: true,
  },
];
