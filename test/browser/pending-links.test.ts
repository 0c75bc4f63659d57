import { afterAll, beforeAll, describe, it } from 'vitest';
import { Stage } from './stage.js';
import { mailedCode, registerAtWebsite, signInAtWebsite } from './website-customer.js';

let asking: Stage;
let existingOnly: Stage;
beforeAll(async () => {
  [asking, existingOnly] = await Promise.all([Stage.open('ask'), Stage.open('existing-only')]);
});
afterAll(() => Promise.all([asking.close(), existingOnly.close()]));

describe('who has an account at the website', () => {
  it('types the code that was mailed, and VodaPay opens that account', async () => {
    await registerAtWebsite(asking, 'mail-1');
    const visit = await asking.visit({ expects: [409, 403] });
    await visit.hold('mail-1');
    await visit.signIn();
    await visit.shopSays('Is this you?');
    await visit.look('20-code-by-mail');

    await visit.shop.getByLabel('Code').fill('WRNGCDE2');
    await visit.shop.getByRole('button', { name: 'Continue' }).click();
    await visit.shopSays(/^That code is not right/);
    await visit.shop.getByLabel('Code').fill(await mailedCode(asking, 'mail-1'));
    await visit.shop.getByRole('button', { name: 'Continue' }).click();
    await visit.shopSays('Welcome back! VodaPay now opens your account.');
    await visit.look('21-linked');
  });

  it('or starts with a new account instead', async () => {
    await registerAtWebsite(asking, 'mail-2');
    const visit = await asking.visit({ expects: [409] });
    await visit.hold('mail-2');
    await visit.signIn();
    await visit.shop.getByRole('button', { name: 'Start with a new account' }).click();
    await visit.shopSays('Welcome! Your account is ready.');
  });

  it('types the link code of the website, approves there, and the mini program goes on by itself', async () => {
    const website = await registerAtWebsite(existingOnly, 'code-1');
    await website.page.goto(`${existingOnly.sample.url}/website/link-code`);
    await website.page.getByRole('button', { name: 'Show a link code' }).click();
    const code = (await website.page.locator('#link-code').textContent()) ?? '';
    await website.look('22-website-link-code');

    const visit = await existingOnly.visit({ expects: [409] });
    await visit.hold('code-1');
    await visit.signIn();
    await visit.shopSays(/^Have you an account at our website/);
    await visit.shop.getByLabel('Code').fill(code);
    await visit.shop.getByRole('button', { name: 'Continue' }).click();
    await visit.shopSays('Nearly there');
    await visit.look('23-awaiting-approval');
    await visit.shop.getByRole('button', { name: 'I have approved it' }).click();
    await visit.shopSays(/^Not yet/);

    await website.page.getByRole('link', { name: 'Look again' }).click();
    await website.page.getByText('Is it you?').waitFor();
    await website.look('24-website-approval');
    await website.page.getByRole('button', { name: 'Yes, link this wallet' }).click();
    await website.page.getByText('it is linked now').waitFor();
    await visit.shopSays('Welcome back! VodaPay now opens your account.');
  });

  it('can sign in at the website again afterwards', async () => {
    const website = await existingOnly.visitShop('/website');
    await signInAtWebsite(existingOnly, website, 'code-1');
  });
});
