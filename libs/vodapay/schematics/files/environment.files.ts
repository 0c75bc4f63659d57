/** Settings for the local wallet: name, value, meaning. */
const SETTINGS = [
  [
    'VODAPAY_BASE_URL',
    'http://127.0.0.1:4000',
    'the wallet; VodaPay itself is https://vodapay-gateway.sandbox.vfs.africa',
  ],
  ['VODAPAY_CLIENT_ID', '2026010100000000000001', "the mini program's client id, from VodaPay's portal"],
  ['VODAPAY_PRIVATE_KEY_FILE', '.vodapay/merchant-private.pem', 'your key; its public half is registered with VodaPay'],
  ['VODAPAY_PUBLIC_KEY_FILE', '.vodapay/wallet-public.pem', "VodaPay's key: answers are verified with it"],
] as const;

export const LOCAL_CLIENT_ID = SETTINGS[1][1];

/** The file with those settings that it lacks added; what is set already stays. */
export function withSettings(current: string): string {
  const missing = SETTINGS.filter(([name]) => !new RegExp(`^\\s*#?\\s*${name}=`, 'm').test(current));
  if (missing.length === 0) return current;
  const lines = missing.map(([name, value, meaning]) => `# ${meaning}\n${name}=${value}\n`);
  const head = current === '' || current.endsWith('\n') ? current : `${current}\n`;
  return `${head}${head === '' ? '' : '\n'}${lines.join('')}`;
}

/** The ignore file with what must stay out of the repository. */
export function withIgnored(current: string, paths: readonly string[]): string {
  const known = new Set(current.split(/\r?\n/).map((line) => line.trim().replace(/^\//, '').replace(/\/$/, '')));
  const missing = paths.filter((path) => !known.has(path.replace(/\/$/, '')));
  if (missing.length === 0) return current;
  const head = current === '' || current.endsWith('\n') ? current : `${current}\n`;
  return `${head}${missing.join('\n')}\n`;
}
