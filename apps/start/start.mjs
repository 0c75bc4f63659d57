// What `npm start` runs after the build: the local wallet and the sample, side by side on this machine.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { developmentKeys } from './development-keys.mjs';
import { given } from './given.mjs';
import { listening, LOOPBACK, portOf, whyNotFree } from './ports.mjs';
import { Programs } from './programs.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const DATA = join(ROOT, '.data');
const CLIENT_ID = 'SAMPLE-MINI-PROGRAM';
const SAMPLE = join(ROOT, 'dist/apps/sample/main.js');
const WALLET = join(ROOT, 'dist/apps/wallet/main.js');
/** A user of the wallet, in the form of VodaPay's ids. */
const USER_ID = '216610000000000000001';

try {
  await main();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}

async function main() {
  // Keys, tokens and accounts lie in files: what these programs make is its owner's alone.
  process.umask(0o077);
  const ports = {
    PORT: portOf('PORT', 3000),
    WALLET_PORT: portOf('WALLET_PORT', 4000),
    CONTROL_PORT: portOf('CONTROL_PORT', 4001),
  };
  await requireFreePorts(ports);
  const missing = [SAMPLE, WALLET].find((file) => !existsSync(file));
  if (missing !== undefined) throw new Error('The programs are not built. Run: npm run build');

  const starting = new AbortController();
  const programs = new Programs(({ name, how }) => {
    console.error(`The ${name} has ended (${how}), so everything stops.`);
    void end(1);
  });
  const end = once(async (status) => {
    starting.abort();
    await programs.stop();
    process.exit(status);
  });
  endWith(end);

  const keys = developmentKeys(DATA);
  programs.start('wallet', WALLET, walletEnvironment(ports, keys));
  programs.start('sample', SAMPLE, sampleEnvironment(ports, keys));
  try {
    await Promise.all(Object.values(ports).map((port) => listening(port, starting.signal)));
  } catch {
    return;
  }
  console.log(welcome(ports, keys));
}

async function requireFreePorts(ports) {
  const taken = [];
  for (const [name, port] of Object.entries(ports)) {
    const reason = await whyNotFree(name, port);
    if (reason !== undefined) taken.push(reason);
  }
  if (new Set(Object.values(ports)).size < 3) taken.push('PORT, WALLET_PORT and CONTROL_PORT must differ.');
  if (taken.length > 0) throw new Error(taken.join('\n'));
}

/** Ctrl-C, a stop from outside, and a parent that is gone: npm's shell dies of SIGTERM without passing it on. */
function endWith(end) {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void end(0));
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && void end(0), 500).unref();
}

function once(run) {
  let running;
  return (...args) => (running ??= run(...args));
}

function walletEnvironment({ PORT, WALLET_PORT, CONTROL_PORT }, keys) {
  return {
    ...process.env,
    PORT: String(WALLET_PORT),
    CONTROL_PORT: String(CONTROL_PORT),
    HOST: LOOPBACK,
    WALLET_CLIENT_ID: CLIENT_ID,
    WALLET_MERCHANT_PUBLIC_KEY_FILE: keys.merchant.publicKeyFile,
    WALLET_PRIVATE_KEY_FILE: keys.wallet.privateKeyFile,
    WALLET_MINI_PROGRAM_URL: `${origin(PORT)}/`,
    WALLET_STATE_FILE: join(DATA, 'wallet-state.json'),
  };
}

/** An empty variable counts as unset: whatever the shell has of these belongs to another wallet. */
function sampleEnvironment({ PORT, WALLET_PORT, CONTROL_PORT }, keys) {
  return {
    ...process.env,
    PORT: String(PORT),
    HOST: LOOPBACK,
    DATABASE_URL: given('DATABASE_URL') ?? `sqlite:${join(DATA, 'sample.sqlite')}`,
    VODAPAY_ENVIRONMENT: '',
    VODAPAY_BASE_URL: origin(WALLET_PORT),
    VODAPAY_CLIENT_ID: CLIENT_ID,
    VODAPAY_PRIVATE_KEY: '',
    VODAPAY_PRIVATE_KEY_FILE: keys.merchant.privateKeyFile,
    VODAPAY_KEY_VERSION: '',
    VODAPAY_PUBLIC_KEY: '',
    VODAPAY_PUBLIC_KEY_FILE: keys.wallet.publicKeyFile,
    VODAPAY_PUBLIC_KEY_VERSION: '',
    MINI_PROGRAM_EMBEDDED_BY: origin(CONTROL_PORT),
  };
}

function origin(port) {
  return `http://${LOOPBACK}:${port}`;
}

function welcome({ PORT, WALLET_PORT, CONTROL_PORT }, keys) {
  const post = `curl -sS -X POST -H 'content-type: application/json'`;
  const code = `${post} -d '{"userId":"${USER_ID}"}' ${origin(CONTROL_PORT)}/codes`;
  const login = `${post} --data-binary @- -w '\\n' ${origin(PORT)}/auth/vodapay/login`;
  return `
Sample shop:   ${origin(PORT)}       (its API: ${origin(PORT)}/docs)
               its website: /website, the mails it would send: /development/outbox
Local wallet:  ${origin(WALLET_PORT)}

Open ${origin(CONTROL_PORT)}/ in a browser: the wallet with the shop's mini program in it.

Or sign in from a shell; the first time it makes an account, then it finds it:

${code} | ${login}

Your own app against this wallet: baseUrl ${origin(WALLET_PORT)}, client id ${CLIENT_ID}, keys in
${keys.merchant.privateKeyFile} (yours) and
${keys.wallet.publicKeyFile} (VodaPay's); auth codes from ${origin(CONTROL_PORT)}/codes.

Ctrl-C ends both.
`;
}
