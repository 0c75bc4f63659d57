import type { Browser, BrowserContext, FrameLocator, Page, Frame } from 'playwright-core';
import { expect } from 'vitest';
import { ARTEFACTS } from './artefacts.js';
import { findBarriers } from './find-barriers.js';

const NETWORK = /^Failed to load resource: (?:the server responded with a status of (\d+)|net::(ERR_\w+))/;

export interface VisitOptions {
  /** Default 1280, with a height of 900; below 500 it is a phone. */
  readonly width?: number;
  /** Statuses and network errors that Chromium may complain of, because the test causes them. */
  readonly expects?: readonly (number | string)[];
}

/** Somebody's browser: a window of its own, and everything that it complains of. */
export class Visit {
  private constructor(
    readonly context: BrowserContext,
    readonly page: Page,
    private readonly complaints: string[],
  ) {}

  static async start(browser: Browser, url: string, { width = 1280, expects = [] }: VisitOptions = {}): Promise<Visit> {
    const isPhone = width < 500;
    const context = await browser.newContext({
      viewport: { width, height: 900 },
      isMobile: isPhone,
      hasTouch: isPhone,
      reducedMotion: 'reduce',
    });
    const complaints: string[] = [];
    context.on('weberror', (error) => complaints.push(String(error.error())));
    context.on('console', (message) => {
      const [, status, failure] = NETWORK.exec(message.text()) ?? [];
      const isExpected = expects.includes(failure ?? Number(status));
      if (message.type() === 'error' && !isExpected) complaints.push(message.text());
    });
    const page = await context.newPage();
    await page.goto(url);
    return new Visit(context, page, complaints);
  }

  /** The mini program in the phone. */
  get shop(): FrameLocator {
    return this.page.frameLocator('#mini-program');
  }

  get shopFrame(): Frame {
    const [, frame] = this.page.frames();
    if (frame === undefined) throw new Error('The wallet shows no mini program.');
    return frame;
  }

  /** Chooses who holds the phone: any user id. */
  async hold(userId: string): Promise<void> {
    await this.page.getByLabel('Find a user').fill(userId);
    await this.page.locator('label.user', { hasText: userId }).click();
    await expect.poll(() => this.page.locator('#holder').getAttribute('title')).toBe(userId);
  }

  /** Presses the button and says yes to the wallet. */
  async signIn(): Promise<void> {
    await this.shop.getByRole('button', { name: 'Sign in with VodaPay' }).click();
    await this.page.getByRole('button', { name: 'Allow' }).click();
  }

  /** Waits until the shop says this. */
  async shopSays(text: RegExp | string): Promise<void> {
    await this.shop.getByText(text).first().waitFor();
  }

  /** Keeps a picture of the window, or of the whole page, in light and in dark, and looks for barriers in both. */
  async look(name: string, { whole = false } = {}): Promise<void> {
    for (const colorScheme of ['light', 'dark'] as const) {
      await this.page.emulateMedia({ colorScheme });
      await this.page.screenshot({ path: `${ARTEFACTS}${name}-${colorScheme}.png`, fullPage: whole });
      expect({ [`${name} in ${colorScheme}`]: await findBarriers(this.page) }).toEqual({
        [`${name} in ${colorScheme}`]: [],
      });
    }
    await this.page.emulateMedia({ colorScheme: 'light' });
  }

  /** Nothing may be wider than the window. */
  async fitsTheWindow(): Promise<void> {
    for (const frame of this.page.frames()) {
      expect(await frame.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    }
  }

  /** Closes the window; it must not have complained. Of a test that has failed there is a picture of its end. */
  async leave(failed?: string): Promise<void> {
    if (failed !== undefined) await this.page.screenshot({ path: `${ARTEFACTS}failed-${failed.slice(0, 40)}.png` });
    await this.context.close();
    expect(this.complaints).toEqual([]);
  }
}
