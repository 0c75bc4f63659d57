import { afterAll, beforeAll, describe, it } from 'vitest';
import { Stage } from './stage.js';
import { registerAtWebsite } from './website-customer.js';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open('existing-only');
});
afterAll(() => stage.close());

describe('the pages outside VodaPay', () => {
  it('the website: signing in, registering, verifying, and what a mistake looks like', async () => {
    const stranger = await stage.visitShop('/website', { width: 390, expects: [401] });
    await stranger.fitsTheWindow();
    await stranger.look('50-website');
    const form = stranger.page.locator('form', { has: stranger.page.getByRole('button', { name: 'Sign in' }) });
    await form.getByLabel('E-mail').fill('nobody@example.com');
    await form.getByLabel('Password').fill('something else');
    await form.getByRole('button', { name: 'Sign in' }).click();
    await stranger.page.getByText('E-mail or password is wrong').waitFor();
    await stranger.look('51-website-wrong-password');

    const customer = await registerAtWebsite(stage, 'website-1');
    await customer.page.goto(`${stage.sample.url}/website`);
    await customer.page.getByText('You are signed in').waitFor();
    await customer.look('52-website-signed-in');
  });

  it('the outbox: the mails that would have been sent', async () => {
    await registerAtWebsite(stage, 'website-2');
    const visit = await stage.visitShop('/development/outbox');
    await visit.page
      .getByRole('link', { name: /verify/ })
      .first()
      .waitFor();
    await visit.look('53-outbox');
  });

  it('the description of the API', async () => {
    const visit = await stage.visitShop('/docs');
    await visit.page.getByText('/auth/vodapay/login').waitFor();
    await visit.page.screenshot({ path: 'dist/artefacts/browser/54-swagger.png', fullPage: true });
  });
});
