import { meanings } from './meanings.js';
import { button, node } from './node.js';

/** A code that was given out: the mini program asks the wallet itself. */
export function codeRow({ at, user, scopes, fault }) {
  return node('li', 'start', [
    node('div', 'event', [
      time(at),
      lanes([
        asked(scopes),
        arrow('a-c', 'left', '', meanings.code(user), [
          node('b', '', 'auth code'),
          ...(fault === undefined ? [] : [node('span', 'chip caution', fault)]),
        ]),
      ]),
    ]),
  ]);
}

export function cancelledRow({ at, user, scopes }) {
  return node('li', 'start', [
    node('div', 'event', [
      time(at),
      lanes([
        asked(scopes),
        arrow('a-c', 'left', 'off', meanings.cancelled(), [node('b', '', `${user} has cancelled`)]),
      ]),
    ]),
  ]);
}

/** A call of the merchant's server, which opens to what was signed and what was answered. */
export function callRow(call) {
  const asks = call.operation === 'unknown' ? `${call.method} ${call.path}` : call.operation;
  const steps = [
    // Nobody else has the code: a call that presents it shows that the mini program has sent it.
    ...(call.call === 'token'
      ? [arrow('a-b', 'right', 'inferred', meanings.handOver(), [node('b', '', 'auth code')])]
      : []),
    arrow('b-c', 'right', call.check.passed ? '' : 'bad', meanings.call(call), [
      node('b', '', asks),
      ...(call.call === 'refresh' ? [node('span', 'soft', 'refresh')] : []),
      checkChip(call.check),
    ]),
    arrow('b-c', 'left', toneOf(call), meanings.answer(call), [
      node('b', '', describeResult(call)),
      ...(call.fault === undefined ? [] : [node('span', 'chip caution', call.fault)]),
      node('span', 'soft took', `${call.durationMs} ms`),
    ]),
  ];
  const details = node('details', '', [node('summary', 'event', [time(call.at), lanes(steps)])]);
  // Filled when it is first opened: most calls never are.
  details.addEventListener('toggle', () => details.append(node('div', 'panel', panel(call))), { once: true });
  return node('li', 'call', [details]);
}

function panel(call) {
  const facts = [
    ['Check', call.check.message],
    ['User', call.userId === undefined ? undefined : `${call.user} (${call.userId})`],
    ['Answer', describeAnswer(call)],
    ['Message', call.resultMessage],
    ['Fault', call.fault],
    ['At', `${call.at}, ${call.durationMs} ms`],
  ].flatMap(([name, value]) => (value === undefined ? [] : [node('dt', '', name), node('dd', '', value)]));
  return [
    node('dl', '', facts),
    ...(call.signedText === undefined ? [] : text('Text under the signature', call.signedText, markParts)),
    ...(call.answerText === undefined ? [] : text('Answered body', call.answerText, (body) => [body])),
  ];
}

function text(title, content, mark) {
  const pre = node('pre', '', mark(content));
  pre.tabIndex = 0;
  pre.setAttribute('aria-label', title);
  const copy = button('quiet', 'Copy', () => {
    void navigator.clipboard.writeText(content).then(() => (copy.textContent = 'Copied'));
  });
  copy.setAttribute('aria-label', `Copy: ${title}`);
  return [node('div', 'heading', [node('h3', '', title), copy]), pre];
}

/** `POST <path>\n<client id>.<time>.<body>`, each part in its own colour. The time has a dot of its own. */
function markParts(content) {
  const parts = /^(POST )(\S+)\n([^.]*)(\.)(.*?\d(?:\.\d{3})?(?:Z|[+-]\d\d:\d\d))(\.)([\s\S]*)$/.exec(content);
  if (parts === null) return [content];
  const [, method, path, clientId, dot, at, secondDot, body] = parts;
  return [
    method,
    node('span', 'path', path),
    node('span', 'mark', '⏎\n'),
    node('span', 'client', clientId),
    node('span', 'mark', dot),
    node('span', 'time', at),
    node('span', 'mark', secondDot),
    body,
  ];
}

function lanes(steps) {
  return node('span', 'lanes', steps);
}

const WAYS = {
  'a-b right': 'Mini program to your server: ',
  'a-c right': 'Mini program to wallet: ',
  'a-c left': 'Wallet to mini program: ',
  'b-c right': 'Your server to wallet: ',
  'b-c left': 'Wallet to your server: ',
};

function asked(scopes) {
  const content = [node('b', '', 'getAuthCode'), node('span', 'soft', nameScopes(scopes))];
  return arrow('a-c', 'right', '', meanings.ask(), content);
}

/** `meaning` stands between the label and the line; it may be empty. */
function arrow(span, direction, tone, meaning, content) {
  return node('span', `arrow ${span} ${direction} ${tone}`, [
    node('span', 'unseen', WAYS[`${span} ${direction}`]),
    node('span', 'label', content),
    ...(meaning === '' ? [] : [node('span', 'meaning', meaning)]),
    node('span', 'line'),
  ]);
}

/** A success that a fault has spoilt is none to the merchant, and an answer that never arrives ends on its way. */
function toneOf({ resultStatus, httpStatus, fault }) {
  if (httpStatus === undefined) return 'bad lost';
  if (resultStatus !== 'S') return 'bad';
  return fault === undefined ? 'good' : 'caution';
}

function checkChip({ passed, forgiven }) {
  if (!passed) return node('span', 'chip bad', '✗ refused');
  return forgiven === true
    ? node('span', 'chip caution', '~ forgiven')
    : node('span', 'chip good', '✓ signature right');
}

function time(at) {
  const made = node('time', 'soft', new Date(at).toLocaleTimeString([], { hour12: false }));
  made.dateTime = new Date(at).toISOString();
  return made;
}

function describeResult({ resultCode, resultStatus, httpStatus }) {
  if (resultCode !== undefined) return `${resultStatus} ${resultCode}`;
  return httpStatus === undefined ? 'no answer' : `HTTP ${httpStatus}, no result`;
}

function describeAnswer({ httpStatus, answerSigned }) {
  if (httpStatus === undefined) return 'none went out';
  return `HTTP ${httpStatus}, ${answerSigned ? 'with a signature' : 'without a signature'}`;
}

function nameScopes(scopes) {
  return scopes.length > 3 ? `${scopes.length} scopes` : scopes.join(', ');
}
