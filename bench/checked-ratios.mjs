/**
 * What `npm run bench:check` holds against what is kept: more is worse. Both sides of a ratio do the same kinds of work, so that
 * it is much the same on another machine: a signature beside a route or a statement is not. Where a side names several subjects,
 * their costs are added. `worseBy` is the factor from which on a ratio counts as worse. Of thirteen measurements on
 * a busy machine none was worse by more than 28 %, none of `guarded` by more than 3 %, where a session that is read for each
 * request makes 28 %.
 */
export const CHECKED_RATIOS = [
  { id: 'client', title: 'wallet client ÷ a signed call by hand', of: ['client'], to: ['signed-call'], worseBy: 1.4 },
  {
    id: 'client-undici',
    title: 'wallet client over undici ÷ over node:https',
    of: ['client-undici'],
    to: ['client'],
    worseBy: 1.4,
  },
  {
    id: 'login-token',
    title: 'login by access token ÷ its wallet call and a bare route',
    of: ['login-token'],
    to: ['client', 'bare-express'],
    worseBy: 1.4,
  },
  {
    id: 'login-code',
    title: 'login by auth code ÷ two wallet calls and a bare route',
    of: ['login-code'],
    to: ['client', 'client', 'bare-express'],
    worseBy: 1.4,
  },
  {
    // Together: the routes alone are so cheap that each ratio by itself moves by a half.
    id: 'guarded',
    title: 'guarded ÷ bare, Express and Fastify',
    of: ['guarded-express', 'guarded-fastify'],
    to: ['bare-express', 'bare-fastify'],
    worseBy: 1.25,
  },
];
