/** What a call asks, in plain words, by what it is for. */
const ASKS = {
  token: 'Your server trades the one-time code for a token',
  refresh: 'Your server trades its refresh token for a new token',
  inquiry: 'Your server asks whose token this is',
};

/** What a success brings. */
const BRINGS = {
  token: 'The token. It stays on your server',
  refresh: 'A new token',
  inquiry: 'The user, as far as she shares',
};

/** One sentence to a message of the exchange, for somebody who sees it for the first time. */
export const meanings = {
  ask: () => 'The page asks who is there',
  code: (user) => `${user} agrees: a code, good once and not for long`,
  cancelled: () => 'No code, and no error: the shop just goes on',
  handOver: () => 'The page hands the code to your server',
  call: ({ call }) => ASKS[call] ?? 'A call that the wallet does not know',
  answer: ({ call, check, httpStatus, resultStatus, resultMessage, fault }) => {
    if (httpStatus === undefined) return 'The answer never arrives';
    if (!check.passed) return check.message;
    if (fault !== undefined)
      return resultStatus === 'S' ? 'Spoilt on purpose: your server must not believe it' : (resultMessage ?? '');
    return resultStatus === 'S' ? (BRINGS[call] ?? '') : (resultMessage ?? '');
  },
};
