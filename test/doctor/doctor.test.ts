import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { VODAPAY_ENTITIES, VODAPAY_MIGRATIONS } from 'nestjs-vodapay';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWallet, type RunningWallet } from '../../apps/wallet/src/start-wallet.js';
import { openDatabase } from '../databases/open-database.js';
import { selfSignedCertificate } from '../inquiry/self-signed-certificate.js';
import {
  hangUp,
  refusal,
  ScriptedWallet,
  signed,
  silence,
  walletKeys,
  type Reply,
} from '../inquiry/scripted-wallet.js';
import { useScriptedWallet } from '../inquiry/use-scripted-wallet.js';
import { MERCHANT } from './broken-keys.js';
import { BROKEN_SETTINGS } from './broken-set-ups.js';
import { runProgram, type ProgramRun } from './run-program.js';

const CLIENT_ID = '2021072700000000000001';
const DAY_MS = 86_400_000;

let folder: string;
let wallet: RunningWallet;
const printed: string[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'doctor-'));
  wallet = await startWallet({ clientId: CLIENT_ID, merchantPublicKey: MERCHANT.publicKey });
});
afterAll(async () => {
  await wallet.stop();
  rmSync(folder, { recursive: true });
});

type Variables = Readonly<Record<string, string | undefined>>;

const rightSetUp = (): Record<string, string> => ({
  VODAPAY_BASE_URL: wallet.url,
  VODAPAY_CLIENT_ID: CLIENT_ID,
  VODAPAY_PRIVATE_KEY: MERCHANT.privateKey,
  VODAPAY_PUBLIC_KEY: wallet.publicKey,
  VODAPAY_SEALING_KEYS: `k1:${Buffer.alloc(32, 7).toString('base64')}`,
});

async function diagnose(changes: Variables, args: readonly string[] = [], clockOffsetMs = 0): Promise<ProgramRun> {
  const given = Object.entries({ ...rightSetUp(), ...changes });
  const environment = Object.fromEntries(given.filter((entry): entry is [string, string] => entry[1] !== undefined));
  const run = await runProgram(['doctor', ...args], { environment, clockOffsetMs });
  printed.push(...run.lines, ...run.errors);
  return run;
}

describe('doctor', () => {
  it('says of a right set-up that it is in order, and exits with 0', async () => {
    const { code, lines } = await diagnose({});
    expect([code, lines[0]]).toEqual([0, 'In order.']);
    expect(lines.join('\n')).toContain("VodaPay's answers verify with VODAPAY_PUBLIC_KEY");
  });

  it.each(BROKEN_SETTINGS.map((broken) => [broken.title, broken] as const))(
    'names the cause in its first line and exits with 1: %s',
    async (_, { changes, args, clockOffsetMs, says }) => {
      const { code, lines } = await diagnose(changes, ['--timeout-ms', '20000', ...(args ?? [])], clockOffsetMs);
      expect(lines[0]).toMatch(says);
      expect(lines[0]).toMatch(/^Problem: /);
      expect(lines[1]).toMatch(/^ {2}next: ./);
      expect(code).toBe(1);
    },
  );
});

/** What stands at the address of VodaPay, and the first line that names it. */
const ANSWERS: readonly (readonly [what: string, reply: Reply, says: RegExp, changes?: Variables])[] = [
  ['a redirect', html(302), /redirects \(HTTP 302\)/],
  ['a page', html(200), /answers, but not as VodaPay does: HTTP 200 with text\/html and no result/],
  ['a path that is unknown', html(404), /does not know the path of VodaPay's API/],
  ['a firewall', html(403), /wants a login of its own: a proxy or a firewall answers/],
  ['a server out of order', html(503), /answers with a server error \(HTTP 503\)/],
  ['a server under load', html(429), /has had too many calls \(HTTP 429\)/],
  ['silence', silence, /takes the connection and does not answer in time/],
  [
    'a connection that is closed',
    hangUp,
    /The wallet cannot be reached: the connection was closed before an answer came/,
  ],
  [
    'an API that is not opened',
    refusal('INVALID_API', 'F'),
    /has not opened inquiryUserInfo for this client id \(F INVALID_API\)/,
  ],
  [
    'a client unknown to the API',
    refusal('INVALID_AUTH_CLIENT', 'F'),
    /does not know the client id.*INVALID_AUTH_CLIENT/,
  ],
  [
    'the token of the mini program',
    refusal('EXPIRED_AGENT_TOKEN', 'F'),
    /refuses the token of the mini program itself/,
  ],
  ['a limit', refusal('REQUEST_TRAFFIC_EXCEED_LIMIT', 'U'), /has had too many calls of this client/],
  ['U', refusal('UNKNOWN_EXCEPTION', 'U'), /could not say what became of the call/],
  ['a code that nobody knows', refusal('BRAND_NEW', 'F'), /VodaPay refuses the probe \(F BRAND_NEW\)/],
  [
    'a mock',
    signed({ result: { resultStatus: 'S', resultCode: 'SUCCESS' } }),
    /accepts a token that cannot exist: it is a mock/,
  ],
  [
    'an unsigned refusal where all must be signed',
    unsigned({ result: { resultStatus: 'F', resultCode: 'INVALID_ACCESS_TOKEN' } }),
    /signs no refusal here, and VODAPAY_RESPONSE_SIGNATURE is "required"/,
    { VODAPAY_RESPONSE_SIGNATURE: 'required' },
  ],
  [
    'an answer kept by a cache',
    signed({ result: { resultStatus: 'F', resultCode: 'INVALID_ACCESS_TOKEN' } }, { headers: { 'Client-Id': '2020' } }),
    /The answer is meant for another client id/,
  ],
];

describe('doctor, where another than VodaPay answers,', () => {
  const scripted = useScriptedWallet();

  const diagnoseHere = (changes: Variables = {}, timeoutMs = 20_000): Promise<ProgramRun> => {
    const publicKey = walletKeys.publicKey.export({ type: 'spki', format: 'pem' }).toString();
    return diagnose({ VODAPAY_BASE_URL: scripted.baseUrl, VODAPAY_PUBLIC_KEY: publicKey, ...changes }, [
      '--timeout-ms',
      String(timeoutMs),
    ]);
  };

  it.each(ANSWERS.map((row) => [row[0], row] as const))('names the cause in its first line: %s', async (_, row) => {
    const [, reply, says, changes] = row;
    scripted.script(reply);
    const { code, lines } = await diagnoseHere(changes, reply === silence ? 1_000 : undefined);
    expect(lines[0]).toMatch(says);
    expect(code).toBe(1);
  });

  it('warns of a refusal that came unsigned: it leaves open whether the key is right', async () => {
    scripted.script(unsigned({ result: { resultStatus: 'F', resultCode: 'INVALID_ACCESS_TOKEN' } }));
    const { code, lines } = await diagnoseHere();
    expect([code, lines[0]]).toEqual([0, 'In order, with 1 warning.']);
    expect(lines.join('\n')).toMatch(/warning +The refusal came unsigned/);
  });

  it('quotes the words of the one who answers, in plain letters', async () => {
    scripted.script(unsigned({ result: { resultStatus: 'F', resultCode: 'PROCESS_FAIL', resultMessage: 'no wéy' } }));
    expect((await diagnoseHere()).lines[1]).toMatch(/Its own words: "no w\?y"$/);
  });
});

describe('doctor, over TLS,', () => {
  /** The certificate's wish, whether its authority is known here, and the first line. */
  const CERTIFICATES: readonly (readonly [string, Parameters<typeof selfSignedCertificate>[0], boolean, RegExp])[] = [
    [
      'of an unknown authority',
      {},
      false,
      /signed by an authority that this machine does not know: a proxy that opens TLS/,
    ],
    ['that has expired', { expiresAt: Date.now() - DAY_MS }, true, /The TLS certificate of localhost:\d+ has expired/],
    [
      'that is not valid yet',
      { expiresAt: Date.now() + 4 * DAY_MS },
      true,
      /The TLS certificate of localhost:\d+ is not valid yet/,
    ],
    [
      'of another host',
      { host: 'vodapay.example' },
      true,
      /The TLS certificate of localhost:\d+ is made out to another host/,
    ],
  ];

  it.each(CERTIFICATES)('names a certificate %s in its first line', async (_, wish, known, says) => {
    const certificate = selfSignedCertificate(wish);
    const server = new ScriptedWallet(certificate);
    const url = `https://localhost:${await server.listen()}`;
    const ca = join(folder, 'ca.pem');
    writeFileSync(ca, certificate.cert);
    const { code, lines } = await diagnose({ VODAPAY_BASE_URL: url }, known ? ['--ca', ca] : []);
    await server.close();
    expect(lines[0]).toMatch(says);
    expect(code).toBe(1);
  });

  it('names a port that does not speak TLS, and warns of a certificate that ends soon', async () => {
    const { lines } = await diagnose({ VODAPAY_BASE_URL: wallet.url.replace('http:', 'https:') });
    expect(lines[0]).toMatch(/^Problem: 127\.0\.0\.1:\d+ does not speak TLS/);
    const certificate = selfSignedCertificate();
    const server = new ScriptedWallet(certificate);
    server.script(refusal('INVALID_ACCESS_TOKEN', 'F'));
    const url = `https://localhost:${await server.listen()}`;
    const ca = join(folder, 'ca.pem');
    writeFileSync(ca, certificate.cert);
    const publicKey = walletKeys.publicKey.export({ type: 'spki', format: 'pem' }).toString();
    const changes = { VODAPAY_BASE_URL: url, VODAPAY_PUBLIC_KEY: publicKey, NODE_TLS_REJECT_UNAUTHORIZED: '0' };
    const right = await diagnose(changes, ['--ca', ca]);
    await server.close();
    expect([right.code, right.lines[0]]).toEqual([0, 'In order, with 2 warnings.']);
    expect(right.lines.join('\n')).toMatch(
      /certificate of localhost:\d+ ends in \d days[\s\S]*NODE_TLS_REJECT_UNAUTHORIZED is 0/,
    );
  });
});

describe('doctor, asked for the database,', () => {
  it('names the tables and columns that the migrations have not made', async () => {
    const bare = await openDatabase('sqlite', { entities: [], migrations: [] });
    await bare.dataSource.query('CREATE TABLE vodapay_account_link (id varchar(36) PRIMARY KEY)');
    const { code, lines } = await diagnose({ DATABASE_URL: bare.url });
    await bare.close();
    expect(lines[0]).toMatch(
      /Migrations of VODAPAY_MIGRATIONS are not applied.*vodapay_account_link\.namespace.*vodapay_session.* missing/,
    );
    expect(code).toBe(1);
  });

  it.each(['sqlite', 'postgres'] as const)('finds them made, and changes nothing: %s', async (kind) => {
    const database = await openDatabase(kind, { entities: [...VODAPAY_ENTITIES], migrations: [...VODAPAY_MIGRATIONS] });
    const { code, lines } = await diagnose({ DATABASE_URL: database.url });
    const wrong =
      kind === 'sqlite' ? undefined : await diagnose({ DATABASE_URL: database.url.replace(/\/test_\w+/, '/nowhere') });
    await database.close();
    expect([code, lines[0]]).toEqual([0, 'In order.']);
    if (wrong !== undefined)
      expect(wrong.lines[0]).toMatch(/has no database of the name that DATABASE_URL gives \(3D000\)/);
  });
});

describe('doctor prints', () => {
  it('one JSON object with --json', async () => {
    const { lines } = await diagnose({ VODAPAY_CLIENT_ID: undefined }, ['--json']);
    expect(JSON.parse(lines.join('\n'))).toMatchObject({
      ok: false,
      findings: expect.arrayContaining([
        { check: 'client-id', severity: 'problem', says: 'VODAPAY_CLIENT_ID is not set.', next: expect.any(String) },
      ]),
    });
  });

  it('the variables of a file under those of the environment', async () => {
    const file = join(folder, '.env');
    writeFileSync(file, `VODAPAY_CLIENT_ID=9999\nVODAPAY_KEY_VERSION=7\n`);
    expect((await diagnose({}, ['--env-file', file])).lines[0]).toMatch(/VODAPAY_KEY_VERSION names/);
    const nowhere = await diagnose({}, ['--env-file', join(folder, 'nowhere')]);
    expect([nowhere.code, nowhere.errors[0]]).toEqual([2, expect.stringMatching(/cannot be read \(ENOENT\)/)]);
  });

  it('a warning for a private key that others may read', async () => {
    const file = join(folder, 'open.pem');
    writeFileSync(file, MERCHANT.privateKey, { mode: 0o644 });
    const { lines } = await diagnose({ VODAPAY_PRIVATE_KEY: undefined, VODAPAY_PRIVATE_KEY_FILE: file });
    expect(lines.join('\n')).toMatch(/warning +The file of VODAPAY_PRIVATE_KEY_FILE can be read by other users/);
  });

  it('no key, no password, no part of them', () => {
    const text = printed.join('\n');
    const inside = MERCHANT.privateKey.split('\n').slice(1, -2);
    expect(inside.filter((line) => text.includes(line))).toEqual([]);
    expect(text).not.toContain('BEGIN');
    expect(text).not.toContain(':word@');
    expect(printed.length).toBeGreaterThan(300);
  });
});

function html(status: number): Reply {
  return (_call, response) => {
    response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', location: '/login' });
    response.end('<!doctype html><title>Sign in</title>');
  };
}

function unsigned(content: object): Reply {
  return (_call, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(content));
  };
}
