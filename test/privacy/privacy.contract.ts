import { copyFile, readFile } from 'node:fs/promises';
import { VodaPayLinkingService, VodaPayPrivacyService, type PersonExport } from 'nestjs-vodapay';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { DatabaseKind } from '../databases/open-database.js';
import { captureLogs } from '../inquiry/captured-logs.js';
import { recordSecret } from '../leaks/record-secret.js';
import { startMerchant, type Merchant } from '../login/start-merchant.js';
import { Outbox, ProofAccounts } from '../linking/proof/proof-accounts.js';

const CLIENT_ID = '2021072700000000000001';
const ANNA = '216610000000000008801';
const BEN = '216610000000000008802';
const CARL = '216610000000000008803';
const DORA = '216610000000000008804';

/** What the library stores about people: all of it is told, and all of it goes. */
export function privacyContract(kind: DatabaseKind): void {
  const accounts = new ProofAccounts();
  let merchant: Merchant;
  let privacy: VodaPayPrivacyService;

  beforeAll(async () => {
    merchant = await startMerchant({
      database: kind,
      options: { accounts, linking: { policy: 'ask', proofSender: new Outbox() }, timeoutMs: 30_000 },
    });
    privacy = merchant.app.get(VodaPayPrivacyService);
  });
  afterAll(() => merchant.close());

  const signIn = async (userId: string): Promise<{ readonly accountId: string; readonly token: string }> => {
    const { status, body } = await merchant.login(userId);
    if (status !== 200) throw new Error(`The login answered ${status} ${String(body['code'])}`);
    return { accountId: String(body['accountId']), token: recordSecret('session token', String(body['token'])) };
  };

  /** Every value of every column of every table. */
  const dump = async (): Promise<string> => {
    const tables = merchant.dataSource.entityMetadatas.map(({ tablePath }) => tablePath);
    expect(tables.length).toBeGreaterThan(6);
    const rows = await Promise.all(tables.map((table) => merchant.dataSource.query(`SELECT * FROM ${table}`)));
    return JSON.stringify(rows);
  };

  /** The user's login is refused until she proves the account that has her e-mail address. */
  const startProving = async (userId: string, accountId: string): Promise<void> => {
    const user = merchant.wallet.users.find(userId) ?? {};
    const email = /[\w.]+@example\.com/.exec(JSON.stringify(user))?.[0] ?? '';
    accounts.register(accountId, email);
    expect((await merchant.login(userId)).body['code']).toBe('VODAPAY_LINK_PROOF_REQUIRED');
  };

  describe('an export', () => {
    it('tells links, sessions, pending logins, link codes and events, and is plain JSON', async () => {
      const { accountId } = await signIn(ANNA);
      await merchant.app.get(VodaPayLinkingService).issueLinkCode(accountId);
      const told = await privacy.exportPerson({ accountId });

      expect(JSON.parse(JSON.stringify(told))).toEqual(told);
      expect(told.links).toMatchObject([{ userId: ANNA, accountId, clientId: CLIENT_ID, state: 'active' }]);
      expect(told.sessions).toMatchObject([{ clientId: CLIENT_ID, holdsWalletTokens: true }]);
      expect(told.linkCodes).toMatchObject([{ accountId }]);
      expect(told.events).toMatchObject([{ kind: 'linked', accountId }]);
      expect(await privacy.exportPerson({ userId: ANNA })).toEqual({ ...told, exportedAt: expect.any(Number) });
    });

    it('holds no token, no code and no hash of one', async () => {
      const { accountId } = await signIn(ANNA);
      const told = JSON.stringify(await privacy.exportPerson({ accountId }));
      expect(told).not.toMatch(/vps_|vpt_|000000000[1-3][A-Za-z0-9]{20}|v1\.|token_hash|code_hash/);
    });

    it("tells what a ticket keeps sealed to its VodaPay user, and not to the account that he hasn't proven", async () => {
      await startProving(BEN, 'account-of-ben-or-not');
      const [pending] = (await privacy.exportPerson({ userId: BEN })).pendingLogins;
      expect(pending).toMatchObject({ userId: BEN, profile: { userId: BEN, email: expect.stringContaining('@') } });
      const ofAccount: PersonExport = await privacy.exportPerson({ accountId: 'account-of-ben-or-not' });
      expect(ofAccount.pendingLogins).toEqual([]);
    });

    it('of somebody unknown is empty', async () => {
      const { exportedAt: _at, namespace: _namespace, ...told } = await privacy.exportPerson({ userId: '2166' });
      expect(Object.values(told).flat()).toEqual([]);
    });
  });

  describe('an erasure', () => {
    it('leaves nothing of the person in any table or log but keyed hashes, ends her sessions, and tells that it happened', async () => {
      const logs = captureLogs();
      onTestFinished(logs.release);
      const first = await signIn(CARL);
      const { token } = await signIn(CARL);
      await merchant.app.get(VodaPayLinkingService).issueLinkCode(first.accountId);
      const before = await privacy.exportPerson({ accountId: first.accountId });
      const ids = [CARL, first.accountId, ...before.sessions.map(({ id }) => id)];
      expect(ids).toHaveLength(4);
      const stored = await dump();
      expect(ids.filter((id) => !stored.includes(id))).toEqual([]);

      const report = await privacy.erasePerson({ accountId: first.accountId });

      expect(report).toEqual({ links: 1, sessions: 2, pendingLogins: 0, linkCodes: 1 });
      const left = await dump();
      expect(ids.filter((id) => left.includes(id))).toEqual([]);
      expect(await merchant.request('GET', '/me', { bearer: token })).toMatchObject({ status: 401 });
      expect(logs.lines.join('\n')).toMatch(
        /vodapay\.login\.succeeded[\s\S]*vodapay\.person\.erased links=1 sessions=2/,
      );
      const personal = [...ids, ...textsIn(merchant.wallet.users.find(CARL))];
      expect(personal.length).toBeGreaterThan(ids.length + 5);
      expect(personal.filter((text) => logs.lines.join('\n').includes(text))).toEqual([]);
      const erased = [...left.matchAll(/\{[^{}]*"kind":"erased"[^{}]*\}/g)].map(([row]) => JSON.parse(row) as object);
      expect(erased).toMatchObject([{ kind: 'erased', actor: 'merchant', account_id: null, from_account_id: null }]);
    });

    it('takes the sealed profile and the tokens of a login that waits for a proof along', async () => {
      await startProving(DORA, 'account-of-dora');
      expect(await dump()).toContain(DORA);
      expect(await privacy.erasePerson({ userId: DORA })).toMatchObject({ pendingLogins: 1 });
      expect(await dump()).not.toContain(DORA);
      await startProving(DORA, 'account-of-dora');
      expect(await privacy.erasePerson({ accountId: 'account-of-dora' })).toMatchObject({ pendingLogins: 1 });
      expect(await dump()).not.toMatch(new RegExp(`${DORA}|account-of-dora`));
    });

    it('can be repeated, and is no error for somebody unknown', async () => {
      expect(await privacy.erasePerson({ userId: '2166' })).toMatchObject({ links: 0, sessions: 0 });
      expect(await privacy.erasePerson({ accountId: 'nobody' })).toMatchObject({ links: 0, sessions: 0 });
    });

    it('R17 during parallel logins: each makes a fresh account or is refused, and nothing of the old one comes back', async () => {
      for (let round = 0; round < 4; round += 1) {
        const userId = `21661000000000000890${round}`;
        const { accountId: old, token } = await signIn(userId);
        const [, ...logins] = await Promise.all([
          privacy.erasePerson({ accountId: old }),
          ...Array.from({ length: 6 }, () => merchant.login(userId)),
        ]);
        const after = await merchant.login(userId);

        expect(logins.filter(({ status }) => status >= 500)).toEqual([]);
        expect(after.body).toMatchObject({ outcome: expect.stringMatching(/created|existing/) });
        expect(after.body['accountId']).not.toBe(old);
        expect(await merchant.request('GET', '/me', { bearer: token })).toMatchObject({ status: 401 });
        expect(await dump()).not.toContain(old);
      }
    });

    it.runIf(kind === 'sqlite')('leaves no byte in the file of SQLite once that is vacuumed', async () => {
      const userId = '216610000000000008999';
      const { accountId } = await signIn(userId);
      const bytes = async (): Promise<string> => {
        await merchant.dataSource.query('VACUUM');
        await merchant.dataSource.query('PRAGMA wal_checkpoint(TRUNCATE)');
        const file = String(merchant.dataSource.options.database);
        await copyFile(file, `${file}.copy`);
        return readFile(`${file}.copy`, 'latin1');
      };
      expect(await bytes()).toContain(userId);
      await privacy.erasePerson({ accountId });
      const left = await bytes();
      expect([userId, accountId].filter((value) => left.includes(value))).toEqual([]);
    });
  });
}

/** The texts of a profile that are long enough to be told from ordinary words. */
function textsIn(profile: unknown): readonly string[] {
  if (typeof profile === 'string') return profile.length > 5 && !/^[A-Z_]+$/.test(profile) ? [profile] : [];
  return typeof profile === 'object' && profile !== null
    ? Object.values(profile).flatMap((value) => textsIn(value))
    : [];
}
