/** Scopes that the wallet grants without asking. */
const SILENT_SCOPES = new Set(['auth_base']);

const SCOPE_TEXTS = new Map([
  ['auth_base', 'Who you are in the wallet (a number)'],
  ['USER_ID', 'Who you are in the wallet (a number)'],
  ['auth_user', 'Your profile: name, picture, gender, birthday, nationality'],
  ['USER_NICKNAME', 'Your nickname'],
  ['USER_NAME', 'Your name'],
  ['USER_AVATAR', 'Your picture'],
  ['USER_GENDER', 'Your gender'],
  ['USER_BIRTHDAY', 'Your birthday'],
  ['USER_NATIONALITY', 'Your nationality'],
  ['USER_CONTACTINFO', 'Your e-mail address and phone number'],
  ['USER_ADDRESS', 'Your address'],
  ['USER_LOGIN_ID', 'Your sign-in name, partly hidden'],
  ['HASH_LOGIN_ID', 'A fingerprint of your sign-in name'],
  ['PLAINTEXT_USER_LOGIN_ID', 'Your sign-in name'],
  ['PLAINTEXT_MOBILE_PHONE', 'Your mobile number'],
  ['NOTIFICATION_INBOX', 'Sending you messages'],
]);

/**
 * Shows the mini program and plays the wallet's side of `my.getAuthCode`:
 * `{ vodapay: 'getAuthCode', id, scopes }` in, `{ vodapay: 'authCode', id, authCode }` or `{ …, error }` out.
 */
export function connectMiniProgram({ frame, url, holder, issueCode, onCancel }) {
  const miniProgramOrigin = new URL(url).origin;
  let cancelOpenSheet = () => {};

  addEventListener('message', (event) => {
    if (event.origin !== miniProgramOrigin || event.source !== frame.contentWindow) return;
    const request = readRequest(event.data);
    if (request === undefined) return;
    cancelOpenSheet();
    void reply(request);
  });
  frame.src = url;

  async function reply({ id, scopes }) {
    const message = { vodapay: 'authCode', id, ...(await answer(scopes)) };
    frame.contentWindow.postMessage(message, miniProgramOrigin);
  }

  async function answer(scopes) {
    const silent = scopes.every((scope) => SILENT_SCOPES.has(scope));
    if (!silent && !(await askUser(scopes))) {
      onCancel(scopes);
      return { error: 'cancelled' };
    }
    try {
      return { authCode: await issueCode(scopes) };
    } catch (error) {
      document.getElementById('status').textContent = error.message;
      return { error: 'failed' };
    }
  }

  function askUser(scopes) {
    const sheet = document.getElementById('consent');
    const allow = document.getElementById('consent-allow');
    const cancel = document.getElementById('consent-cancel');
    document.getElementById('consent-user').textContent = holder().name;
    const items = [...new Set(scopes.map((scope) => SCOPE_TEXTS.get(scope) ?? scope))];
    document.getElementById('consent-scopes').replaceChildren(...items.map(listItem));
    const ended = new AbortController();
    return new Promise((resolve) => {
      const end = (allowed) => {
        ended.abort();
        cancelOpenSheet = () => {};
        sheet.close();
        frame.inert = false;
        frame.focus();
        resolve(allowed);
      };
      const { signal } = ended;
      cancelOpenSheet = () => end(false);
      allow.addEventListener('click', () => end(true), { signal });
      cancel.addEventListener('click', () => end(false), { signal });
      sheet.addEventListener('keydown', (event) => event.key === 'Escape' && end(false), { signal });
      frame.inert = true;
      sheet.show();
      allow.focus();
    });
  }
}

function readRequest(data) {
  if (data === null || typeof data !== 'object' || data.vodapay !== 'getAuthCode') return undefined;
  const { id, scopes = ['auth_base'] } = data;
  const idFits = typeof id === 'number' || (typeof id === 'string' && id.length <= 64);
  const scopesFit = Array.isArray(scopes) && scopes.length > 0 && scopes.every((scope) => typeof scope === 'string');
  return idFits && scopesFit ? { id, scopes } : undefined;
}

function listItem(text) {
  const item = document.createElement('li');
  item.textContent = text;
  return item;
}
