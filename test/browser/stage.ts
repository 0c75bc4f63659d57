import type { Browser } from 'playwright-core';
import { onTestFinished } from 'vitest';
import {
  startSample,
  startWalletForSample,
  temporaryFolder,
  type RunningSample,
  type Wallet,
} from '../sample/start-sample.js';
import { freePort } from '../programs/free-port.js';
import { emailOf } from '../sample/website-customer.js';
import { openBrowser } from './open-browser.js';
import { Visit, type VisitOptions } from './visit.js';

/** A wallet, a shop under one linking policy, and a browser: what `npm start` shows. */
export class Stage {
  private constructor(
    readonly wallet: Wallet,
    readonly sample: RunningSample,
    private readonly browser: Browser,
    private readonly removeFolder: () => void,
  ) {}

  static async open(policy: 'create' | 'ask' | 'existing-only'): Promise<Stage> {
    const port = await freePort();
    const { path, remove } = temporaryFolder();
    const { wallet, variables } = await startWalletForSample({ miniProgramUrl: `http://127.0.0.1:${port}/` });
    const settings = {
      ...variables,
      DATABASE_URL: `sqlite:${path}/shop.sqlite`,
      VODAPAY_LINKING_POLICY: policy,
      VODAPAY_TIMEOUT_MS: '3000',
      MINI_PROGRAM_EMBEDDED_BY: wallet.controlUrl,
    };
    const [sample, browser] = await Promise.all([startSample(settings, port), openBrowser()]);
    return new Stage(wallet, sample, browser, remove);
  }

  async close(): Promise<void> {
    await this.browser.close();
    await Promise.all([this.sample.stop(), this.wallet.stop()]);
    this.removeFolder();
  }

  /** Opens the wallet's page; at the test's end the browser must not have complained. */
  async visit(options?: VisitOptions): Promise<Visit> {
    const visit = await this.open(this.wallet.controlUrl, options);
    await visit.shop.getByRole('heading', { name: 'Corner Shop' }).waitFor();
    return visit;
  }

  /** Opens a page of the shop, without a wallet around it. */
  visitShop(path: string, options?: VisitOptions): Promise<Visit> {
    return this.open(`${this.sample.url}${path}`, options);
  }

  private async open(url: string, options?: VisitOptions): Promise<Visit> {
    const visit = await Visit.start(this.browser, url, options);
    onTestFinished(({ task }) => visit.leave(task.result?.state === 'fail' ? task.name : undefined));
    return visit;
  }

  /** The texts that the shop has mailed to this user's address, the newest first. */
  async mailsTo(userId: string): Promise<readonly string[]> {
    const answer = await fetch(`${this.sample.url}/development/outbox`, { headers: { accept: 'application/json' } });
    const mails = (await answer.json()) as readonly { readonly to: string; readonly text: string }[];
    return mails.filter(({ to }) => to === emailOf(userId)).map(({ text }) => text);
  }
}
