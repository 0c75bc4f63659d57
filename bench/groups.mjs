/**
 * What is measured beside what, by the ids of the subjects: those of a group take turns, those of two groups never meet.
 * With all of them in one round a process idles for minutes between its turns, and its memory has grown cold by then: the
 * same login cost a third more beside the same signature. Each group has a signature to be compared with, and what is
 * compared with each other. Routes that differ by a guard have processes of their own: what logins do to the shapes of a
 * request is not theirs.
 */
export const GROUPS = [
  ['client-sign', 'signed-call', 'client', 'client-undici'],
  ['sign', 'bare-express', 'open-guard-express', 'guarded-express'],
  ['sign', 'bare-fastify', 'open-guard-fastify', 'guarded-fastify'],
  ['sign', 'bare-express', 'login-token', 'login-token-undici', 'login-code', 'login-code-undici'],
  ['sign', 'login-token-fastify', 'login-code-fastify'],
  ['sign', 'login-token', 'naive', 'alipay-nest', 'alipay'],
  ['sign', 'login-token', 'openid-nest', 'openid'],
  ['sign', 'login-token', 'better-auth-login-nest', 'better-auth-login'],
  ['sign', 'login-code', 'oauth2-nest', 'oauth2'],
  ['sign', 'guarded-express', 'better-auth-session-nest', 'better-auth-session'],
];
