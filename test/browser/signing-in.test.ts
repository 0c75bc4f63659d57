import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Stage } from './stage.js';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open('create');
});
afterAll(() => stage.close());

describe('signing in with VodaPay, on the wallet’s page', () => {
  it('the first time makes an account and asks for what is missing; the second time finds it', async () => {
    const visit = await stage.visit();
    const { page, shop } = visit;
    await visit.look('1-open-shop');
    await shop.getByRole('button', { name: 'Sign in with VodaPay' }).click();
    await page.getByRole('dialog', { name: 'Share with this mini program?' }).waitFor();
    await visit.look('2-consent');
    await page.getByRole('button', { name: 'Allow' }).click();

    await visit.shopSays('Welcome! Your account is ready.');
    await visit.look('3-first-login');
    await shop.getByLabel('Your e-mail, for the receipt').fill('zoe@example.com');
    await shop.getByRole('button', { name: 'Save' }).click();
    await visit.shopSays('Thank you, that is all we need.');
    await visit.shopSays('zoe@example.com');
    await visit.look('4-completed');

    await shop.getByRole('button', { name: 'Sign out' }).click();
    await visit.shopSays('You are signed out.');
    await visit.signIn();
    await visit.shopSays('Welcome back!');
    await expect.poll(() => shop.getByLabel('Your e-mail, for the receipt').isVisible()).toBe(false);
  });

  it('cancelled: the shop stays open and says nothing bad', async () => {
    const visit = await stage.visit();
    await visit.shop.getByRole('button', { name: 'Sign in with VodaPay' }).click();
    await visit.page.getByRole('button', { name: 'Cancel' }).click();

    await visit.shopSays('No problem: look around, and sign in whenever you like.');
    expect(await visit.shop.getByRole('alert').count()).toBe(0);
    expect(await visit.shop.getByText('Sourdough loaf').isVisible()).toBe(true);
    await visit.page.getByText('has cancelled').waitFor();
    await visit.look('5-cancelled');
  });

  it('by keyboard alone, with the focus where one goes on', async () => {
    const visit = await stage.visit();
    const { keyboard } = visit.page;
    const focused = (): Promise<unknown> => visit.shopFrame.evaluate('document.activeElement.id');
    for (let tabs = 0; tabs < 15 && (await focused()) !== 'sign-in'; tabs += 1) await keyboard.press('Tab');
    expect(await focused()).toBe('sign-in');

    await keyboard.press('Enter');
    await expect.poll(() => visit.page.evaluate('document.activeElement.id')).toBe('consent-allow');
    await keyboard.press('Enter');
    await visit.shopSays(/^Welcome/);
    await expect.poll(focused).toMatch(/^(?:email|you)$/);

    for (let tabs = 0; tabs < 15 && (await focused()) !== 'sign-out'; tabs += 1) await keyboard.press('Tab');
    await keyboard.press('Enter');
    await visit.shopSays('You are signed out.');
    await expect.poll(focused).toBe('sign-in');
    await keyboard.press('Enter');
    await expect.poll(() => visit.page.evaluate('document.activeElement.id')).toBe('consent-allow');
    await keyboard.press('Escape');
    await visit.shopSays(/^No problem/);
  });

  it('at the width of a phone, where nothing is cut off', async () => {
    const visit = await stage.visit({ width: 390 });
    await visit.hold('216610000000000000002');
    await visit.fitsTheWindow();
    await visit.signIn();
    await visit.shopSays(/^Welcome/);
    await visit.page.getByText('inquiryUserInfo').first().waitFor();
    await visit.fitsTheWindow();
    await visit.look('6-phone-width', { whole: true });
  });

  it('nowhere without a wallet around it: the shop says where', async () => {
    const visit = await stage.visitShop('/');
    await visit.page.getByText('Signing in needs VodaPay around this page').waitFor();
    expect(await visit.page.getByRole('button', { name: 'Sign in with VodaPay' }).isVisible()).toBe(false);
    await visit.look('7-outside');
  });
});

describe('the exchange beside the phone', () => {
  it('shows each call with the text that was signed, what the check found, the result and the time', async () => {
    const visit = await stage.visit();
    await visit.hold('exchange-1');
    await visit.page.getByRole('button', { name: 'Clear' }).click();
    await visit.signIn();
    await visit.shopSays(/^Welcome/);
    const call = visit.page.locator('li.call', { hasText: 'inquiryUserInfo' }).last();
    await call.waitFor();

    expect(await call.textContent()).toMatch(/signature right.*S SUCCESS.*\d ms/s);
    const signed = call.getByLabel('Text under the signature', { exact: true });
    if (!(await signed.isVisible())) await call.locator('summary').click();
    expect(await signed.textContent()).toMatch(
      /^POST \/v2\/customers\/user\/inquiryUserInfo⏎\nSAMPLE-UNDER-TEST\.\d{4}-.*\.\{.*"accessToken":"/,
    );
    await visit.look('8-exchange', { whole: true });
  });
});
