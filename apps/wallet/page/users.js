import { getJson } from './api.js';
import { node } from './node.js';

const SHOWN = 24;
const SEARCH_AFTER_MS = 120;
const element = (id) => document.getElementById(id);

/** The list of users, the one who holds the phone chosen. Follows the wallet when its users change. */
export async function showUsers({ events, onChange }) {
  const known = new Map();
  let holderId = '';
  let timer;

  element('search').addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(() => void read(), SEARCH_AFTER_MS);
  });
  events.addEventListener('users', () => void read());
  await read();
  return { holder, nameOf };

  async function read() {
    const text = element('search').value.trim();
    const query = `limit=${SHOWN + 1}${text === '' ? '' : `&search=${encodeURIComponent(text)}`}`;
    const [found, { userCount, usersProblem }] = await Promise.all([getJson(`users?${query}`), getJson('settings')]);
    for (const user of found) known.set(user.userId, user);
    if (holderId === '') holderId = found[0].userId;
    show(found.slice(0, SHOWN), isUserId(text) && !found.some(({ userId }) => userId === text) ? text : undefined);
    const more = found.length > SHOWN ? `The first ${SHOWN}` : String(found.length);
    element('more-users').textContent = `${more} of ${userCount} users. Whoever is not listed has a full profile.`;
    element('users-problem').hidden = usersProblem === undefined;
    element('users-problem').textContent = usersProblem ?? '';
    onChange(holder());
  }

  function show(users, anyId) {
    const rows = users.map((user) => row(user.userId, nameOf(user.userId), user.about, user.userInfo.status));
    if (anyId !== undefined) rows.push(row(anyId, anyId, 'This very id, with a full profile of its own'));
    element('users').replaceChildren(...rows);
  }

  function row(userId, name, about, status) {
    const choice = document.createElement('input');
    Object.assign(choice, { type: 'radio', name: 'user', value: userId, checked: userId === holderId });
    choice.addEventListener('change', () => {
      holderId = userId;
      onChange(holder());
    });
    const isOdd = typeof status === 'string' && status !== 'ACTIVE';
    return node('label', 'user', [
      choice,
      avatar(userId, name),
      node('span', 'who', [
        node('strong', '', name),
        ...(isOdd ? [node('span', 'chip caution', status)] : []),
        node('span', 'soft', about),
        node('code', 'soft', userId),
      ]),
    ]);
  }

  function holder() {
    return { userId: holderId, name: nameOf(holderId) };
  }

  function nameOf(userId) {
    const nickName = known.get(userId)?.userInfo.nickName;
    return typeof nickName === 'string' && nickName !== '' ? shorten(nickName) : shortId(userId);
  }
}

function avatar(userId, name) {
  const initial = /\p{L}/u.exec(name)?.[0] ?? userId.slice(-2);
  const made = node('span', 'avatar', initial.toUpperCase());
  made.setAttribute('aria-hidden', 'true');
  made.style.setProperty('--hue', String(hueOf(userId)));
  return made;
}

/** Ids that differ in their last digit only get colours far apart (the golden angle). */
function hueOf(userId) {
  const sum = [...userId].reduce((total, letter) => (total * 31 + letter.charCodeAt(0)) % 100_003, 7);
  return Math.round(sum * 137.5) % 360;
}

/** VodaPay's ids differ at their end. */
function shortId(userId) {
  return userId.length <= 16 ? userId : `…${userId.slice(-6)}`;
}

function shorten(text) {
  return text.length <= 32 ? text : `${text.slice(0, 31)}…`;
}

function isUserId(text) {
  return /^[\x21-\x7e]{1,64}$/.test(text);
}
