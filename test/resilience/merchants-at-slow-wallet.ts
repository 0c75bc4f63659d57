import { setTimeout as delay } from 'node:timers/promises';
import { VODAPAY_ENTITIES, VODAPAY_MIGRATIONS } from 'nestjs-vodapay';
import { openDatabase, type OpenDatabase } from '../databases/open-database.js';
import { answering, merchantKeys, ScriptedWallet, walletKeys } from '../inquiry/scripted-wallet.js';
import { recordSecret } from '../leaks/record-secret.js';
import { runProgram } from '../programs/run-program.js';
import { MerchantProcess } from '../redis/merchant-process.js';
import type { Asked } from './ask-steadily.js';
import type { Flood, FloodedLogin } from './flood.js';

const CLIENT_ID = '2021072700000000000001';
const SESSIONS = 10;

/** Two merchants, each a process with a database of its own, at one wallet that answers at once or late. */
export class MerchantsAtSlowWallet {
  /** Auth codes whose tokens were sent before the merchant had given up. */
  readonly answeredCodes = new Set<string>();
  private readonly wallet = new ScriptedWallet();
  private readonly databases: OpenDatabase[] = [];
  private readonly processes: MerchantProcess[] = [];
  private codes = 0;

  /** Both, with sessions; logins flood the first. */
  async start(): Promise<readonly Asked[]> {
    this.wallet.script(answering);
    const baseUrl = `http://127.0.0.1:${await this.wallet.listen()}`;
    return [await this.startOne(baseUrl), await this.startOne(baseUrl)];
  }

  async end(): Promise<void> {
    await Promise.all(this.processes.map((merchant) => merchant.end()));
    await this.wallet.close();
    await Promise.all(this.databases.map((database) => database.close()));
  }

  get walletCalls(): number {
    return this.wallet.calls.length;
  }

  slowDown(latencyMs: number): void {
    this.answeredCodes.clear();
    this.wallet.script((call, response) => {
      const answer = setTimeout(() => {
        const { authCode } = JSON.parse(call.body) as { readonly authCode?: string };
        if (authCode !== undefined) this.answeredCodes.add(authCode);
        answering(call, response);
      }, latencyMs);
      response.once('close', () => clearTimeout(answer));
    });
  }

  /** Returns when logins succeed again; they come when Retry-After says so. */
  async recover(): Promise<void> {
    this.wallet.script(answering);
    for (;;) {
      const { status, headers } = await this.login(this.flooded);
      if (status === 200) return;
      await delay(Number(headers['retry-after'] ?? 0) * 1_000);
    }
  }

  /** @returns when the last login is answered */
  async flood(settings: Omit<Flood, 'url'>): Promise<readonly FloodedLogin[]> {
    const flood: Flood = { url: this.flooded.url, ...settings };
    const { exitCode, stdout, stderr } = await runProgram('flood-of-logins', flood);
    if (exitCode !== 0) throw new Error(`The flood has ended with ${exitCode}:\n${stderr}`);
    return JSON.parse(stdout) as readonly FloodedLogin[];
  }

  /** Bytes on the heap of the flooded one, its garbage collected. */
  async heapUsed(): Promise<number> {
    const { body } = await this.flooded.request('GET', '/memory');
    return Number(body['heapUsed']);
  }

  private get flooded(): MerchantProcess {
    const [first] = this.processes;
    if (first === undefined) throw new Error('No merchant has been started.');
    return first;
  }

  private async startOne(baseUrl: string): Promise<Asked> {
    const tables = { entities: [...VODAPAY_ENTITIES], migrations: [...VODAPAY_MIGRATIONS] };
    const database = await openDatabase('sqlite', tables);
    this.databases.push(database);
    const merchant = await MerchantProcess.start({
      databaseUrl: database.url,
      baseUrl,
      clientId: CLIENT_ID,
      privateKey: merchantKeys.privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
      vodapayPublicKey: walletKeys.publicKey.export({ format: 'pem', type: 'spki' }).toString(),
    });
    this.processes.push(merchant);
    const bearers: string[] = [];
    for (let session = 0; session < SESSIONS; session += 1) {
      const { body } = await this.login(merchant);
      bearers.push(recordSecret('session token', String(body['token'])));
    }
    return { url: merchant.url, bearers };
  }

  private login(merchant: MerchantProcess): ReturnType<MerchantProcess['request']> {
    this.codes += 1;
    const authCode = recordSecret('auth code', `0000000001SINGLE${String(this.codes).padStart(24, '0')}`);
    return merchant.request('POST', '/login', { body: { authCode } });
  }
}
