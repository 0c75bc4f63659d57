export interface Setting {
  /** Without the two dashes. */
  readonly flag: string;
  readonly variable: string;
  /** What stands for the value in the help; undefined for a switch. */
  readonly value: string | undefined;
  readonly says: string;
  /** May be given several times; the variable lists the values with commas. */
  readonly multiple?: true;
}

/** Everything that can be set, by flag and by environment variable; a flag wins. */
export const SETTINGS: readonly Setting[] = Object.freeze([
  setting('client-id', 'WALLET_CLIENT_ID', 'id', "the merchant's client id; must be given"),
  {
    ...setting(
      'merchant-key',
      'WALLET_MERCHANT_PUBLIC_KEY_FILE',
      '[version:]file',
      "the merchant's public key; must be given unless --lenient, again for further versions",
    ),
    multiple: true,
  },
  setting('private-key', 'WALLET_PRIVATE_KEY_FILE', 'file', "the wallet's own private key (a new one at each start)"),
  setting('port', 'PORT', 'port', 'where the two operations listen (4000)'),
  setting('host', 'HOST', 'address', 'on which address (127.0.0.1)'),
  setting('control-port', 'CONTROL_PORT', 'port', 'the page and the control routes, on 127.0.0.1 only (4001)'),
  setting('users', 'WALLET_USERS_FILE', 'file', 'JSON array of users, followed while it runs'),
  setting('state', 'WALLET_STATE_FILE', 'file', 'keeps codes and tokens over a restart'),
  setting('lenient', 'WALLET_LENIENT', undefined, "VodaPay's sandbox: nothing is checked, nothing is signed"),
  setting('rate-limit', 'WALLET_RATE_LIMIT', 'n/s', 'calls a second, beyond it REQUEST_TRAFFIC_EXCEED_LIMIT (none)'),
  setting(
    'mini-program',
    'WALLET_MINI_PROGRAM_URL',
    'url',
    'what the page shows in its phone (http://127.0.0.1:3000/)',
  ),
  setting(
    'accept-encodings',
    'WALLET_ACCEPT_ENCODINGS',
    'list',
    "of a request's signature: base64, url-encoded, base64url (base64)",
  ),
  setting('merchant-key-version', 'WALLET_MERCHANT_KEY_VERSION', 'n', 'version of a --merchant-key without one (1)'),
  setting('key-version', 'WALLET_KEY_VERSION', 'n', 'the key version that answers name (1)'),
  setting('slow-ms', 'WALLET_SLOW_MS', 'ms', 'how long the faults slow and trickle take (6000)'),
]);

function setting(flag: string, variable: string, value: string | undefined, says: string): Setting {
  return { flag, variable, value, says };
}
