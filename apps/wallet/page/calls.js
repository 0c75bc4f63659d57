const MAX_SHOWN = 500;

/** Fills the list with the calls so far, then with each new one as it comes; the newest is first. */
export function showCalls({ list, empty, state }) {
  let lastId = 0;
  const add = (call) => {
    if (call.id <= lastId) return;
    lastId = call.id;
    empty.hidden = true;
    list.prepend(renderCall(call));
    while (list.children.length > MAX_SHOWN) list.lastElementChild.remove();
  };
  const catchUp = async () => {
    const calls = await (await fetch('calls')).json();
    // A restarted wallet counts from one again.
    if ((calls.at(-1)?.id ?? 0) < lastId) {
      lastId = 0;
      list.replaceChildren();
    }
    for (const call of calls) add(call);
  };

  // One after the other: a call that comes while the list is fetched must not overtake the older ones.
  let work = Promise.resolve();
  const afterwards = (step) => {
    work = work.then(step).catch(() => {
      state.textContent = 'The list of calls could not be read.';
    });
  };
  const events = new EventSource('events');
  events.addEventListener('open', () => {
    state.textContent = 'Live: new calls appear at the top.';
    afterwards(catchUp);
  });
  events.addEventListener('error', () => {
    state.textContent = 'The wallet does not answer; trying again.';
  });
  events.addEventListener('call', (event) => afterwards(() => add(JSON.parse(event.data))));
}

function renderCall(call) {
  const summary = node('summary', '', [
    node('time', '', new Date(call.at).toLocaleTimeString()),
    node('strong', '', call.operation === 'unknown' ? `${call.method} ${call.path}` : call.operation),
    node('span', call.check.passed ? 'chip good' : 'chip bad', call.check.passed ? '✓ signature' : '✗ refused'),
    node('span', call.resultStatus === 'S' ? 'chip good' : 'chip bad', describeResult(call)),
    ...(call.fault === undefined ? [] : [node('span', 'chip fault', `fault ${call.fault}`)]),
    node('span', 'duration', `${call.durationMs} ms`),
  ]);
  const facts = node('dl', '', [
    ...fact('Check', call.check.message),
    ...fact('User', call.userId),
    ...fact('Message', call.resultMessage),
  ]);
  const signed = call.signedText === undefined ? [] : [node('h3', '', 'Text to sign'), signedText(call.signedText)];
  return node('li', '', [node('details', '', [summary, facts, ...signed])]);
}

function describeResult(call) {
  if (call.resultCode !== undefined) return `${call.resultStatus} ${call.resultCode}`;
  return call.httpStatus === undefined ? 'no answer' : `HTTP ${call.httpStatus}, no result`;
}

function fact(name, value) {
  return value === undefined ? [] : [node('dt', '', name), node('dd', '', value)];
}

function signedText(text) {
  const pre = node('pre', '', text);
  pre.tabIndex = 0;
  pre.setAttribute('aria-label', 'Text to sign');
  return pre;
}

function node(name, className, content) {
  const made = document.createElement(name);
  if (className !== '') made.className = className;
  if (Array.isArray(content)) made.append(...content);
  else made.textContent = content;
  return made;
}
