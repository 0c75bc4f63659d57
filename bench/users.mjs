export const USERS = 200;

/** The access token that the wallet of the benchmark takes for its n-th user. */
export function accessTokenOf(n) {
  return `0000000002BENCH${String(n % USERS).padStart(25, '0')}`;
}
