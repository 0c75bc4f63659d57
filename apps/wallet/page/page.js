import { getJson, postJson } from './api.js';
import { connectMiniProgram } from './consent.js';
import { showExchange } from './exchange.js';
import { showFaults } from './faults.js';
import { followTheme } from './theme.js';
import { showUsers } from './users.js';

const element = (id) => document.getElementById(id);

followTheme(element('theme'));

const settings = await getJson('settings');
element('client-id').textContent = settings.clientId;
element('wallet-url').textContent = settings.walletUrl;
element('mini-program-url').textContent = new URL(settings.miniProgramUrl).host;
element('mini-program-url').href = settings.miniProgramUrl;
element('lenient').hidden = !settings.lenient;

const events = new EventSource('events');
const users = await showUsers({ events, onChange: showHolder });
const faults = await showFaults({ events, holder: users.holder });
const exchange = showExchange({ events, nameOf: users.nameOf });
connectMiniProgram({
  frame: element('mini-program'),
  url: settings.miniProgramUrl,
  holder: users.holder,
  issueCode,
  onCancel: (scopes) => exchange.addCancelled(users.holder().userId, scopes),
});
wireButtons();

async function issueCode(scopes) {
  const fault = faults.takeArmed();
  const request = { userId: users.holder().userId, scopes, ...(fault !== undefined && { fault }) };
  const { authCode } = await postJson('codes', request);
  return authCode;
}

function showHolder({ name, userId }) {
  element('holder').textContent = `Held by ${name}`;
  element('holder').title = userId;
  element('holder').setAttribute('aria-label', `Held by ${name}. Choose another user`);
}

function wireButtons() {
  element('reload').addEventListener('click', () => {
    element('mini-program').src = settings.miniProgramUrl;
  });
  for (const [id, doneText] of [
    ['expire', 'has access tokens that have expired.'],
    ['revoke', 'has revoked the consent: all tokens are invalid.'],
  ]) {
    element(id).addEventListener('click', () => {
      const { userId, name } = users.holder();
      postJson(id, { userId }).then(
        () => say(`${name} ${doneText}`),
        (error) => say(error.message),
      );
    });
  }
}

function say(text) {
  element('status').textContent = text;
}
