import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Stage } from './stage.js';
import type { Visit } from './visit.js';
import { mailedCode, registerAtWebsite } from './website-customer.js';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open('ask');
});
afterAll(() => stage.close());

describe('removing VodaPay', () => {
  it('works for who has a password too, and leaves her signed out', async () => {
    const visit = await linkedCustomer('leave-1');
    await visit.shop.getByRole('button', { name: 'Remove VodaPay' }).click();
    await visit.look('30-remove-question');
    await visit.shop.getByRole('button', { name: 'Yes, remove VodaPay' }).click();
    await visit.shopSays('Done: VodaPay no longer opens your account.');
    await visit.look('31-removed');
  });

  it('asks VodaPay once more when the sign-in is old, and cancelling that changes nothing', async () => {
    const visit = await linkedCustomer('leave-2');
    await stage.sample.dataSource.query('UPDATE vodapay_session SET created_at = created_at - 600000');
    // A session that was read before is read again after a second.
    await visit.page.waitForTimeout(1_100);
    await visit.shop.getByRole('button', { name: 'Remove VodaPay' }).click();
    await visit.shop.getByRole('button', { name: 'Yes, remove VodaPay' }).click();
    await visit.page.getByRole('button', { name: 'Cancel' }).click();
    await visit.shopSays(/^Nothing was changed/);

    await visit.shop.getByRole('button', { name: 'Yes, remove VodaPay' }).click();
    await visit.page.getByRole('button', { name: 'Allow' }).click();
    await visit.shopSays('Done: VodaPay no longer opens your account.');
  });

  it('explains to whom VodaPay is the only way why it stays', async () => {
    const visit = await stage.visit({ expects: [409] });
    await visit.hold('last-way-1');
    await visit.signIn();
    await visit.shopSays(/^Welcome/);
    await visit.shop.getByRole('button', { name: 'Remove VodaPay' }).click();
    await visit.shop.getByRole('button', { name: 'Yes, remove VodaPay' }).click();
    await visit.shopSays(/^VodaPay is the only way into this account/);
    expect(await visit.shop.getByRole('button', { name: 'Sign out' }).isVisible()).toBe(true);
    await visit.look('32-last-way');
  });
});

describe('a session that has ended elsewhere', () => {
  it('is noticed when the customer comes back to the page', async () => {
    const visit = await stage.visit({ expects: [401] });
    await visit.hold('elsewhere-1');
    await visit.signIn();
    await visit.shopSays(/^Welcome/);
    const token = await visit.shopFrame.evaluate(`sessionStorage.getItem('session-token')`);
    const headers = { authorization: `Bearer ${String(token)}` };
    expect((await fetch(`${stage.sample.url}/auth/logout`, { method: 'POST', headers })).status).toBe(204);

    await visit.page.getByRole('button', { name: 'Reload' }).click();
    await visit.shopSays(/^You have been signed out, here or on another device/);
    expect(await visit.shopFrame.evaluate(`sessionStorage.getItem('session-token')`)).toBeNull();
    await visit.look('33-ended-elsewhere');
  });
});

/** Signed in with VodaPay to an account of the website, which has a password. */
async function linkedCustomer(userId: string): Promise<Visit> {
  await registerAtWebsite(stage, userId);
  const visit = await stage.visit({ expects: [401, 409] });
  await visit.hold(userId);
  await visit.signIn();
  await visit.shopSays('Is this you?');
  await visit.shop.getByLabel('Code').fill(await mailedCode(stage, userId));
  await visit.shop.getByRole('button', { name: 'Continue' }).click();
  await visit.shopSays(/^Welcome back/);
  return visit;
}
