import { expect } from 'vitest';
import { emailOf, PASSWORD } from '../sample/website-customer.js';
import type { Stage } from './stage.js';
import type { Visit } from './visit.js';

/** Registers at the website with the e-mail that the user has in her wallet, and verifies it, all in this browser. */
export async function registerAtWebsite(stage: Stage, userId: string): Promise<Visit> {
  const visit = await stage.visitShop('/website');
  const { page } = visit;
  await fillIn(visit, 'Register', userId);
  await page.getByText('You are registered').waitFor();
  const [mail = ''] = await stage.mailsTo(userId);
  const [link = ''] = /\/website\/verify\?token=[\w-]+/.exec(mail) ?? [];
  await page.goto(`${stage.sample.url}${link}`);
  await page.getByRole('button', { name: 'Yes, it was me' }).click();
  await page.getByText('It is verified').waitFor();
  return visit;
}

export async function signInAtWebsite({ sample }: Stage, visit: Visit, userId: string): Promise<void> {
  await visit.page.goto(`${sample.url}/website`);
  await fillIn(visit, 'Sign in', userId);
  await visit.page.getByText('You are signed in').waitFor();
}

async function fillIn({ page }: Visit, button: string, userId: string): Promise<void> {
  const form = page.locator('form', { has: page.getByRole('button', { name: button }) });
  await form.getByLabel('E-mail').fill(emailOf(userId));
  await form.getByLabel('Password').fill(PASSWORD);
  await form.getByRole('button', { name: button }).click();
}

/** The code in the newest mail that has one. */
export async function mailedCode(stage: Stage, userId: string): Promise<string> {
  const codes = (await stage.mailsTo(userId)).map((text) => /^([A-Z2-9]{8}) lets/.exec(text)?.[1]);
  const code = codes.find((found) => found !== undefined);
  expect(code).toBeDefined();
  return code ?? '';
}
