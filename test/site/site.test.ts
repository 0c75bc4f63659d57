import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveSite, type ServedSite } from './serve-site.js';

const SITE = fileURLToPath(new URL('../../dist/site/', import.meta.url));
const SHOTS = fileURLToPath(new URL('../../dist/site-screenshots/', import.meta.url));
const CHROMIUM = '/usr/bin/chromium';
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'];

const pages = readdirSync(SITE, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.html'));
let site: ServedSite;
let browser: Browser;
beforeAll(async () => {
  site = await serveSite(SITE);
  browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
  mkdirSync(SHOTS, { recursive: true });
});
afterAll(async () => {
  await browser?.close();
  site?.stop();
});

it('every link of every page leads to a page that is there, and to a heading that it has', () => {
  const broken = pages.flatMap((page) =>
    linksOf(page).filter(({ file, heading }) => {
      if (!existsSync(SITE + file)) return true;
      return heading !== '' && !read(file).includes(`id="${heading}"`);
    }),
  );
  expect(broken).toEqual([]);
  expect(pages.length).toBeGreaterThan(15);
});

it('no page loads anything from elsewhere', async () => {
  const asked = new Set<string>();
  const page = await browser.newPage();
  page.on('request', (request) => asked.add(new URL(request.url()).origin));
  for (const name of ['index.html', 'how-a-login-works.html', 'api/index.html']) await page.goto(`${site.url}/${name}`);
  await page.close();
  expect([...asked].filter((origin) => origin !== site.url && origin !== 'null')).toEqual([]);
});

it('the search finds what a code of VodaPay means', async () => {
  const page = await browser.newPage();
  await page.goto(site.url);
  await page.locator('.DocSearch-Button').click();
  await page.locator('#localsearch-input').fill('USED_CODE');
  await page.locator('#localsearch-list .result').first().waitFor();
  const found = await page.locator('#localsearch-list .result').allInnerTexts();
  expect(found[0]).toMatch(/^#\s*(?:Errors|The VodaPay login protocol)\b/);
  await page.screenshot({ path: `${SHOTS}search.png` });
  await page.close();
});

it('a diagram is drawn from its text', async () => {
  const page = await browser.newPage();
  await page.goto(`${site.url}/how-a-login-works.html`);
  expect(await page.locator('.diagram svg').count()).toBe(2);
  expect(await page.locator('.diagram').first().innerText()).toContain('applyToken, signed');
  await page.close();
});

describe.each([
  ['desktop', 1280, 900],
  ['phone', 390, 844],
] as const)('at the width of a %s', (device, width, height) => {
  it.each(['light', 'dark'] as const)('in %s no page is wider than the screen', async (colorScheme) => {
    const page = await browser.newPage({ viewport: { width, height }, colorScheme });
    for (const name of [
      'index.html',
      'quick-start.html',
      'how-a-login-works.html',
      'configuration.html',
      'errors.html',
    ]) {
      await page.goto(`${site.url}/${name}`);
      expect(await overflow(page), name).toBe(0);
      await page.screenshot({ path: `${SHOTS}${name.replace('.html', '')}-${device}-${colorScheme}.png` });
    }
    await page.close();
  });
});

/** How many pixels of the page lie outside the screen, sideways. */
function overflow(page: Page): Promise<number> {
  return page.evaluate('Math.max(0, document.documentElement.scrollWidth - window.innerWidth)');
}

interface Link {
  readonly page: string;
  readonly href: string;
  readonly file: string;
  readonly heading: string;
}

function linksOf(page: string): readonly Link[] {
  return [...read(page).matchAll(/<a\b[^>]*\shref="([^"]*)"/g)]
    .map((match) => match[1] ?? '')
    .filter((href) => !/^[a-z]+:/.test(href))
    .map((href) => {
      const [path = '', heading = ''] = href.split('#');
      const target = path === '' ? page : posix.join('/', posix.dirname(page), path.startsWith('/') ? '/' : '', path);
      const file = path.startsWith('/') ? path.slice(1) : target.replace(/^\//, '');
      const whole = file === '' || file.endsWith('/') ? `${file}index.html` : file;
      return { page, href, file: /\.\w+$/.test(whole) ? whole : `${whole}.html`, heading: decodeURIComponent(heading) };
    });
}

function read(file: string): string {
  return readFileSync(SITE + file, 'utf8');
}
