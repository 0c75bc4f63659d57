import { afterAll, beforeAll, describe, it } from 'vitest';
import { Stage } from './stage.js';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open('create');
});
afterAll(() => stage.close());

describe('what goes wrong, chosen on the wallet’s page', () => {
  it.each([
    ['unsigned', /^VodaPay did not answer properly/],
    ['PROCESS_FAIL', /^VodaPay did not answer properly/],
    ['hang', /^VodaPay did not answer properly/],
  ])('%s is a sentence that a customer understands, and the next sign-in works', async (fault, sentence) => {
    const visit = await stage.visit({ expects: [502, 503, 504] });
    await visit.page.getByRole('button', { name: fault, exact: true }).click();
    await visit.page.getByText('The next sign-in goes wrong').first().waitFor();
    if (fault === 'unsigned') await visit.look('40-fault-chosen');
    await visit.signIn();
    await visit.shopSays(sentence);
    if (fault === 'unsigned') await visit.look('41-fault-shown');
    await visit.signIn();
    await visit.shopSays(/^Welcome/);
  });

  it('a rule spoils calls until it is removed', async () => {
    const visit = await stage.visit({ expects: [502] });
    await visit.page.getByLabel('When').selectOption('every');
    await visit.page.getByRole('button', { name: 'not-json', exact: true }).click();
    await visit.page.getByText('In force').waitFor();
    await visit.look('42-rule-in-force', { whole: true });
    await visit.signIn();
    await visit.shopSays(/^VodaPay did not answer properly/);
    await visit.page.getByRole('button', { name: 'Remove all' }).click();
    await visit.signIn();
    await visit.shopSays(/^Welcome/);
  });

  it('a frozen wallet user is told so', async () => {
    const visit = await stage.visit({ expects: [403] });
    await visit.hold('216610000000000000008');
    await visit.signIn();
    await visit.shopSays('Your VodaPay wallet is not active. VodaPay can tell you more.');
  });

  it('without a connection the shop says so, and goes on when it is back', async () => {
    const visit = await stage.visit({ expects: ['ERR_INTERNET_DISCONNECTED'] });
    await visit.context.setOffline(true);
    await visit.shopSays(/^No connection/);
    await visit.look('43-offline');
    await visit.context.setOffline(false);
    await visit.shop.getByText(/^No connection/).waitFor({ state: 'hidden' });
    await visit.signIn();
    await visit.shopSays(/^Welcome/);
  });
});
