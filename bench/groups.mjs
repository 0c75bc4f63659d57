/**
 * What is measured beside what, by the ids of the subjects: those of a group take turns, those of two groups never meet.
 * With all of them in one round a process idles for a minute between its turns, and what it has compiled and what lies in
 * its memory is gone by then: the same login cost a third more, and up to twice as much beside a signature. A server under
 * load never idles so long. Each group has a signature to be compared with, and what is compared with each other.
 */
export const GROUPS = [
  ['client-sign', 'signed-call', 'client', 'client-undici'],
  ['sign', 'bare-express', 'open-guard-express', 'guarded-express', 'login-token', 'login-code'],
  ['sign', 'login-token', 'login-token-undici', 'login-code', 'login-code-undici'],
  ['sign', 'bare-fastify', 'open-guard-fastify', 'guarded-fastify', 'login-token-fastify', 'login-code-fastify'],
  ['sign', 'login-token', 'naive', 'alipay-nest', 'alipay'],
  ['sign', 'login-token', 'openid-nest', 'openid'],
  ['sign', 'login-token', 'better-auth-login-nest', 'better-auth-login'],
  ['sign', 'login-code', 'oauth2-nest', 'oauth2'],
  ['sign', 'guarded-express', 'better-auth-session-nest', 'better-auth-session'],
];
