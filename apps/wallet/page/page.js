import { showCalls } from './calls.js';
import { connectMiniProgram } from './consent.js';

const OTHER_USER = 'other';
const element = (id) => document.getElementById(id);

const [settings, users, faults] = await Promise.all(['settings', 'users', 'faults'].map(getJson));

element('client-id').textContent = settings.clientId;
element('wallet-url').textContent = settings.walletUrl;
fillUsers();
fillFaults();
wireButtons();
connectMiniProgram({
  frame: element('mini-program'),
  url: settings.miniProgramUrl,
  currentUser: () => ({ userId: currentUserId(), name: currentUserName() }),
  issueCode,
});
showCalls({ list: element('calls'), empty: element('no-calls'), state: element('stream-state') });

async function issueCode(scopes) {
  const fault = element('fault').value;
  const request = { userId: currentUserId(), scopes, ...(fault === '' ? {} : { fault }) };
  const { authCode } = await postJson('codes', request);
  return authCode;
}

function fillUsers() {
  const select = element('user');
  for (const { userId, about } of users) select.append(new Option(`${about} (…${userId.slice(-3)})`, userId));
  select.append(new Option('Another user id…', OTHER_USER));
  select.addEventListener('change', () => {
    element('other-user').hidden = select.value !== OTHER_USER;
    if (select.value === OTHER_USER) element('other-user-id').focus();
  });
}

function fillFaults() {
  const select = element('fault');
  select.append(new Option('Nothing', ''));
  for (const call of ['token', 'inquiry']) {
    const group = document.createElement('optgroup');
    group.label = call === 'token' ? 'Getting the token' : 'Asking for the user';
    const fitting = faults.known.filter(({ calls }) => calls.includes(call));
    for (const { name, says } of fitting) group.append(new Option(`${name}: ${says}`, `${call}:${name}`));
    select.append(group);
  }
}

function wireButtons() {
  element('reload').addEventListener('click', () => {
    element('mini-program').src = settings.miniProgramUrl;
  });
  for (const [id, doneText] of [
    ['expire', 'The access tokens of this user have expired.'],
    ['revoke', 'The consent of this user is revoked: all tokens are invalid.'],
  ]) {
    element(id).addEventListener('click', () => {
      postJson(id, { userId: currentUserId() }).then(
        () => say(doneText),
        (error) => say(error.message),
      );
    });
  }
}

function currentUserId() {
  const { value } = element('user');
  return value === OTHER_USER ? element('other-user-id').value.trim() : value;
}

function currentUserName() {
  const user = users.find(({ userId }) => userId === currentUserId());
  const nickName = user?.userInfo.nickName;
  return typeof nickName === 'string' ? nickName.slice(0, 60) : currentUserId();
}

function say(text) {
  element('status').textContent = text;
}

async function getJson(path) {
  const response = await fetch(path);
  return response.json();
}

async function postJson(path, value) {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(value),
  });
  if (response.status === 204) return undefined;
  const reply = await response.json();
  if (!response.ok) throw new Error(reply.message);
  return reply;
}
