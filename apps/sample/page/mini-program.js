import { call, Refused } from './api.js';
import { atWork } from './at-work.js';
import { my } from './my.js';
import { clearNotices, complain, tell } from './notices.js';
import { CANCELLED, NO_CODE, PROOFS, sentenceFor, SIGNING_IN } from './sentences.js';

const SCOPES = ['auth_base', 'auth_user'];
/** Kept for this tab only, and gone with it. */
const TOKEN = 'session-token';
const element = (id) => document.getElementById(id);

element('sign-in').addEventListener('click', () => void busy(signInAtWork));
element('sign-out').addEventListener('click', () => void busy(signOut));
element('decline').addEventListener('click', () => void busy(() => confirm({ decline: true })));
element('prove-form').addEventListener('submit', (event) => {
  event.preventDefault();
  void busy(() => confirm({ code: element('code').value }));
});
element('complete').addEventListener('submit', (event) => {
  event.preventDefault();
  void busy(complete);
});
if (my === undefined) {
  element('sign-in').hidden = true;
  element('outside').hidden = false;
}
if (token() !== null) void busy(showMe);

function signInAtWork() {
  return atWork(element('sign-in'), SIGNING_IN, signIn);
}

async function signIn() {
  const authCode = await askForAuthCode();
  if (authCode === undefined) return;
  await signedInBy(call('POST', 'auth/vodapay/login', { body: { authCode } }));
}

/** The ticket lives in this page only: whoever leaves signs in again. */
let ticket;

async function confirm(answer) {
  await signedInBy(call('POST', 'auth/vodapay/confirm', { body: { ticket, ...answer } }));
}

/** A session, or the proof that is needed first. */
async function signedInBy(answer) {
  try {
    const { session, outcome } = await answer;
    sessionStorage.setItem(TOKEN, session.token);
    element('prove').hidden = true;
    await showMe();
    tell(WELCOMES[outcome]);
  } catch (error) {
    if (error.code !== 'VODAPAY_LINK_PROOF_REQUIRED') throw error;
    ticket = error.ticket;
    element('prove-how').textContent = PROOFS[error.delivery];
    element('signed-out').hidden = true;
    element('prove').hidden = false;
  }
}

const WELCOMES = {
  created: 'Welcome! Your account is ready.',
  existing: 'Welcome back!',
  linked: 'Welcome back! VodaPay now opens your account.',
};

/** The auth code, or undefined when the customer would rather not: then the shop just stays open. */
function askForAuthCode() {
  return new Promise((resolve) => {
    my.getAuthCode({
      scopes: SCOPES,
      success: ({ authCode }) => resolve(authCode),
      fail: ({ error }) => {
        if (error === 'cancelled') tell(CANCELLED);
        else complain(NO_CODE);
        resolve(undefined);
      },
    });
  });
}

async function showMe() {
  const { account, vodaPay } = await call('GET', 'me', { token: token() });
  element('vodapay-user').textContent = vodaPay.userId;
  element('since').textContent = new Date(vodaPay.linkedAt).toLocaleDateString();
  showAccount(account);
  element('signed-out').hidden = true;
  element('signed-in').hidden = false;
}

function showAccount({ displayName, email, missing }) {
  element('greeting').textContent = displayName === null ? 'Hello!' : `Hello, ${displayName}!`;
  element('name').textContent = displayName ?? '-';
  element('email-shown').textContent = email ?? '-';
  element('complete').hidden = missing.length === 0;
  offer('display-name', missing.includes('displayName'));
  offer('email', missing.includes('email'));
}

function offer(id, wanted) {
  element(`${id}-field`).hidden = !wanted;
  element(id).required = wanted;
}

async function complete() {
  const displayName = element('display-name').value.trim();
  const email = element('email').value.trim();
  const body = { ...(displayName && { displayName }), ...(email && { email }) };
  showAccount(await call('PATCH', 'me', { token: token(), body }));
  tell('Thank you, that is all we need.');
}

async function signOut() {
  await call('POST', 'auth/logout', { token: token() });
  showSignedOut();
  tell('You are signed out.');
}

function showSignedOut() {
  sessionStorage.removeItem(TOKEN);
  element('complete').reset();
  element('greeting').textContent = 'Good things from around the corner.';
  element('prove-form').reset();
  element('prove').hidden = true;
  element('signed-in').hidden = true;
  element('signed-out').hidden = false;
}

/** Runs one action with the buttons at rest; what goes wrong becomes a sentence. */
async function busy(action) {
  const buttons = document.querySelectorAll('button');
  clearNotices();
  for (const button of buttons) button.disabled = true;
  try {
    await action();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    if (error.statusCode === 401) showSignedOut();
    complain(sentenceFor(error));
  } finally {
    for (const button of buttons) button.disabled = false;
  }
}

function token() {
  return sessionStorage.getItem(TOKEN);
}
