import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startWallet, type RunningWallet } from '../../apps/wallet/src/start-wallet.js';
import { applyToken, CLIENT_ID, inquire, MERCHANT } from './merchant-client.js';

const user = (nickName: string, more: object = {}): object => ({
  userId: 'edited',
  about: 'Edited while it runs',
  userInfo: { nickName, contactInfos: [{ contactType: 'EMAIL', contactNo: 'edited@example.com' }] },
  ...more,
});

describe('The users file', () => {
  let folder: string;
  let file: string;
  let wallet: RunningWallet;
  let said: string[];
  let token: unknown;
  const write = (value: unknown): void => writeFileSync(file, JSON.stringify(value));
  const userInfo = async (): Promise<unknown> => (await inquire(wallet.url, token)).json['userInfo'];
  const nickName = async (): Promise<unknown> => ((await userInfo()) as { nickName?: unknown }).nickName;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'wallet-users-'));
    file = join(folder, 'users.json');
    said = [];
    write([user('First')]);
    wallet = await startWallet({
      clientId: CLIENT_ID,
      merchantPublicKey: MERCHANT.publicKey,
      usersFile: file,
      report: (line) => said.push(line),
    });
    token = (await applyToken(wallet.url, wallet.issueCode({ userId: 'edited' }))).json['accessToken'];
  });
  afterEach(async () => {
    await wallet.stop();
    rmSync(folder, { recursive: true });
  });

  it('counts from the next call on when it is edited, in place or by a file that takes its place', async () => {
    expect(await nickName()).toBe('First');
    write([user('Second')]);
    await expect.poll(nickName).toBe('Second');
    writeFileSync(`${file}.draft`, JSON.stringify([user('Third')]));
    renameSync(`${file}.draft`, file);
    await expect.poll(nickName).toBe('Third');
    expect(said).toContain('The users file was read again: 1 users.');
  });

  it('keeps its last good version when an edit is wrong, and says what is wrong with it', async () => {
    writeFileSync(file, '[{"userId":"edited","userInfo":{"nickName":"Half');
    await expect.poll(() => wallet.users.problem).toMatch(/is not JSON: .*The last good version stays in force\.$/);
    expect(await nickName()).toBe('First');
    const settings = await (await fetch(`${wallet.controlUrl}/settings`)).json();
    expect(settings).toMatchObject({ usersProblem: wallet.users.problem });
    expect(said).toEqual([wallet.users.problem]);

    write([user('First'), { userId: 'no blanks' }]);
    await expect.poll(() => wallet.users.problem).toMatch(/user 2: userId must be a string/);
    write([user('First')]);
    await expect.poll(() => wallet.users.problem).toBeUndefined();
  });

  it('takes a scope away from tokens that are out already', async () => {
    expect(await userInfo()).toHaveProperty('contactInfos');
    write([user('First', { scopes: ['auth_user'] })]);
    await expect.poll(userInfo).toEqual({ userId: 'edited', nickName: 'First' });
    write([user('First', { scopes: [] })]);
    await expect.poll(userInfo).toEqual({ userId: 'edited' });
  });

  it.each<readonly [string, string, RegExp]>([
    ['is not JSON', '{', /is not JSON/],
    ['is no list', '{}', /must be a JSON array of users/],
    ['has a user twice', JSON.stringify([user('a'), user('b')]), /user 2: userId edited stands there twice/],
    ['has odd scopes', JSON.stringify([user('a', { scopes: 'all' })]), /user 1: scopes must be an array of names/],
  ])('that %s keeps the wallet from starting', async (_, text, message) => {
    writeFileSync(file, text);
    await expect(startWallet({ usersFile: file })).rejects.toThrow(message);
  });
});

describe('Ten thousand users', () => {
  it('are held, found by a part of their name, and shown', async () => {
    const users = Array.from({ length: 10_000 }, (_, index) => ({
      userId: `many-${index}`,
      about: `Number ${index}`,
      userInfo: { userId: `many-${index}`, nickName: `Nick ${index}` },
    }));
    const wallet = await startWallet({ clientId: CLIENT_ID, merchantPublicKey: MERCHANT.publicKey, users });
    const found = await (await fetch(`${wallet.controlUrl}/users?search=nick 9999&limit=5`)).json();
    expect(found).toEqual([users[9999]]);
    const page = (await (await fetch(`${wallet.controlUrl}/users?limit=25`)).json()) as unknown[];
    expect(page).toHaveLength(25);
    const token = (await applyToken(wallet.url, wallet.issueCode({ userId: 'many-9999' }))).json['accessToken'];
    expect((await inquire(wallet.url, token)).json['userInfo']).toEqual(users[9999]?.userInfo);
    await wallet.stop();
  });
});

describe('A user put in while the wallet runs', () => {
  it('replaces the one with the same id, by the program and by the control port', async () => {
    const wallet = await startWallet({ clientId: CLIENT_ID, merchantPublicKey: MERCHANT.publicKey });
    const token = (await applyToken(wallet.url, wallet.issueCode({ userId: 'put' }))).json['accessToken'];
    wallet.users.put({ userId: 'put', about: 'By the program', userInfo: { userId: 'put', nickName: 'One' } });
    expect((await inquire(wallet.url, token)).json['userInfo']).toEqual({ userId: 'put', nickName: 'One' });
    const body = JSON.stringify({ userId: 'put', userInfo: { nickName: 'Two' } });
    expect((await fetch(`${wallet.controlUrl}/users`, { method: 'POST', body })).status).toBe(200);
    expect((await inquire(wallet.url, token)).json['userInfo']).toEqual({ userId: 'put', nickName: 'Two' });
    const wrong = await fetch(`${wallet.controlUrl}/users`, { method: 'POST', body: '{"userId":"a b"}' });
    expect([wrong.status, await wrong.json()]).toEqual([400, { message: expect.stringMatching(/^The body: userId/) }]);
    await wallet.stop();
  });
});
