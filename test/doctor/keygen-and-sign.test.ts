import { createPublicKey, verify } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordSecret } from '../leaks/record-secret.js';
import { runProgram } from './run-program.js';

let folder: string;
let privateFile: string;
beforeAll(async () => {
  folder = join(mkdtempSync(join(tmpdir(), 'keygen-')), 'keys');
  privateFile = join(folder, 'merchant-private-key.pem');
});
afterAll(() => rmSync(join(folder, '..'), { recursive: true }));

describe('keygen', () => {
  it('makes a pair, the private half for its owner alone, and says which half goes where', async () => {
    const { code, lines } = await runProgram(['keygen', '--out', folder]);
    expect(code).toBe(0);
    expect(statSync(privateFile).mode & 0o777).toBe(0o600);
    const pem = recordSecret('private key', readFileSync(privateFile, 'utf8'));
    const publicPem = readFileSync(join(folder, 'merchant-public-key.pem'), 'utf8');
    expect(createPublicKey(pem).equals(createPublicKey(publicPem))).toBe(true);
    expect(createPublicKey(pem).asymmetricKeyDetails?.modulusLength).toBe(2048);
    expect(pem).toMatch(/^-----BEGIN PRIVATE/);
    expect(lines.join('\n')).toMatch(/stays on your server[\s\S]*goes to VodaPay[\s\S]*neither of them/);
    expect(lines.join('\n')).not.toContain('BEGIN');
  });

  it("writes the file that the sample's .env.example names", () => {
    const example = readFileSync(new URL('../../apps/sample/.env.example', import.meta.url), 'utf8');
    expect(example).toContain(`\nVODAPAY_PRIVATE_KEY_FILE=${basename(privateFile)}\n`);
  });

  it('overwrites nothing', async () => {
    const before = readFileSync(privateFile, 'utf8');
    const { code, errors } = await runProgram(['keygen', '--out', folder]);
    expect([code, errors[0]]).toEqual([2, expect.stringMatching(/is there already, and is not overwritten/)]);
    expect(readFileSync(privateFile, 'utf8')).toBe(before);
  });
});

describe('sign', () => {
  const body = '{"authClientId":"2021","accessToken":"0000000002"}';
  const time = '2026-11-25T18:00:00.000+02:00';
  const environment = (): Record<string, string> => ({
    VODAPAY_CLIENT_ID: '2021',
    VODAPAY_PRIVATE_KEY_FILE: privateFile,
  });

  it.each([
    [['--body', body], ''],
    [[], body],
  ])('prints the text that is signed and headers that verify: %j', async (args, input) => {
    const run = await runProgram(['sign', '--time', time, ...args], { environment: environment(), input });
    const text = `POST /v2/customers/user/inquiryUserInfo\n2021.${time}.${body}`;
    expect(run.lines.join('\n')).toContain(text);
    const header = run.lines.find((line) => line.startsWith('Signature: ')) ?? '';
    const [, value = ''] = /^Signature: algorithm=RSA256, keyVersion=1, signature=(\S+)$/.exec(header) ?? [];
    const publicKey = createPublicKey(readFileSync(privateFile));
    expect(verify('sha256', Buffer.from(text), publicKey, Buffer.from(value, 'base64'))).toBe(true);
    expect(run.lines).toContain(`Request-Time: ${time}`);
  });

  it.each<readonly [readonly string[], Record<string, string>, RegExp]>([
    [['--operation', 'pay'], {}, /--operation must be applyToken or inquiryUserInfo/],
    [['--time', 'now'], {}, /--time must be RFC 3339/],
    [['--body', body], { VODAPAY_CLIENT_ID: '' }, /VODAPAY_CLIENT_ID is not set/],
    [['--body', body], { VODAPAY_PRIVATE_KEY_FILE: '' }, /VODAPAY_PRIVATE_KEY is not set/],
  ])('says what is wrong with %j', async (args, changes, says) => {
    const run = await runProgram(['sign', ...args], { environment: { ...environment(), ...changes } });
    expect([run.code, run.errors[0]]).toEqual([2, expect.stringMatching(says)]);
  });
});

describe('The program', () => {
  it.each<readonly [readonly string[], number, RegExp]>([
    [['--help'], 0, /Usage: nestjs-vodapay <command>[\s\S]*doctor[\s\S]*keygen[\s\S]*sign/],
    [['doctor', '--help'], 0, /--env-file <file>[\s\S]*--json/],
    [[], 2, /Usage:/],
    [['operate'], 2, /There is no command "operate"/],
    [['doctor', '--jsn'], 2, /Unknown option '--jsn'. --help lists the options/],
    [['doctor', '--timeout-ms', 'long'], 2, /--timeout-ms must be a whole number/],
  ])('%j exits with %i', async (args, code, says) => {
    const run = await runProgram(args);
    expect(run.code).toBe(code);
    expect([...run.lines, ...run.errors].join('\n')).toMatch(says);
  });
});
