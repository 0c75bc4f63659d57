import { getJson } from './api.js';
import { callRow, cancelledRow, codeRow } from './exchange-rows.js';

const MAX_ROWS = 300;
const element = (id) => document.getElementById(id);

/** The sequence diagram: what there was so far, then each call and each code as it comes, the newest at the end. */
export function showExchange({ events, nameOf }) {
  const list = element('exchange');
  const waiting = [];
  let work = Promise.resolve();
  let lastIds = { call: 0, code: 0 };
  let opened;
  // On a phone the diagram would vanish behind it.
  let opensNewest = matchMedia('(min-width: 64rem)').matches;

  // Whoever opens or closes a call looks at that one.
  list.addEventListener('click', (event) => {
    if (event.target.closest('summary') !== null) opensNewest = false;
  });

  element('clear').addEventListener('click', () => {
    list.replaceChildren();
    element('no-calls').hidden = false;
  });
  events.addEventListener('open', goLive);
  // It may have opened while the users were fetched.
  if (events.readyState === EventSource.OPEN) goLive();
  events.addEventListener('error', () => {
    element('stream-state').textContent = 'The wallet does not answer; trying again.';
  });
  for (const kind of ['call', 'code']) {
    events.addEventListener(kind, (event) => afterwards(() => add(kind, JSON.parse(event.data))));
  }
  return {
    addCancelled: (userId, scopes) => append(cancelledRow({ at: new Date(), user: nameOf(userId), scopes })),
  };

  function goLive() {
    element('stream-state').textContent = 'Live';
    afterwards(catchUp);
  }

  async function catchUp() {
    const [calls, codes] = await Promise.all([getJson('calls'), getJson('codes')]);
    // A restarted wallet counts from one again.
    if ((calls.at(-1)?.id ?? 0) < lastIds.call || (codes.at(-1)?.id ?? 0) < lastIds.code) {
      lastIds = { call: 0, code: 0 };
      list.replaceChildren();
    }
    const all = [...codes.map((code) => ['code', code]), ...calls.map((call) => ['call', call])];
    for (const [kind, entry] of all.sort(([, a], [, b]) => a.at.localeCompare(b.at))) add(kind, entry);
  }

  function add(kind, entry) {
    if (entry.id <= lastIds[kind]) return;
    lastIds[kind] = entry.id;
    const user = entry.userId === undefined ? undefined : nameOf(entry.userId);
    append(kind === 'code' ? codeRow({ ...entry, user }) : callRow({ ...entry, user }));
    if (kind === 'call') element('last-call').textContent = `${entry.operation}: ${entry.resultCode ?? 'no result'}`;
  }

  /** Rows that come together are put in together: a load test must not freeze the page. */
  function append(row) {
    waiting.push(row);
    if (waiting.length > MAX_ROWS) waiting.shift();
    if (waiting.length === 1) requestAnimationFrame(flush);
  }

  function flush() {
    const scroll = element('scroll');
    const isAtEnd = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 80;
    const follows = isAtEnd || (opensNewest && opened !== undefined && isInView(opened.firstElementChild, scroll));
    list.append(...waiting.splice(0));
    while (list.children.length > MAX_ROWS) list.firstElementChild.remove();
    element('no-calls').hidden = list.children.length > 0;
    if (opensNewest) openNewest();
    if (!follows) return;
    if (opensNewest && opened !== undefined) centre(opened.firstElementChild, scroll);
    else scroll.scrollTop = scroll.scrollHeight;
  }

  /** The text that was signed is what a developer comes for: it is there before she knows that calls open. */
  function openNewest() {
    const newest = list.lastElementChild?.querySelector('details');
    if (newest === null || newest === undefined || newest === opened) return;
    if (opened !== undefined) opened.open = false;
    newest.open = true;
    // Filled now, so that the list is as high as it will be.
    newest.dispatchEvent(new Event('toggle'));
    opened = newest;
  }

  /** One after the other: a call that comes while the list is fetched must not overtake the older ones. */
  function afterwards(step) {
    work = work.then(step).catch(() => {
      element('stream-state').textContent = 'The list of calls could not be read.';
    });
  }
}

/** In the middle, what came before and what it opens to are both seen. `scrollIntoView` would move the whole page. */
function centre(row, scroll) {
  const [{ top, height }, view] = [row.getBoundingClientRect(), scroll.getBoundingClientRect()];
  scroll.scrollTop += top - view.top - (view.height - height) / 2;
}

function isInView(row, scroll) {
  const [{ top, bottom }, view] = [row.getBoundingClientRect(), scroll.getBoundingClientRect()];
  return bottom > view.top && top < view.bottom;
}
