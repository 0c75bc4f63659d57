import { getJson, postJson, remove } from './api.js';
import { button, node } from './node.js';

const GROUP_NAMES = {
  signature: 'Signature and headers',
  result: 'Results',
  profile: 'Profile',
  body: 'Body',
  gateway: 'Something in front of the wallet',
  delivery: 'The way back',
  variant: 'Right, but spelt otherwise',
};
const CALL_NAMES = { token: 'getting the token', refresh: 'refreshing it', inquiry: 'asking for the user' };
const NUMBER_LABELS = { nth: 'Call number', from: 'From call number', rate: 'Share in per cent' };
const element = (id) => document.getElementById(id);

/** The faults to press, and the rules in force. */
export async function showFaults({ events, holder }) {
  let armed;
  const { known } = await getJson('faults');
  element('fault-groups').replaceChildren(...Object.keys(GROUP_NAMES).map((group) => groupOf(group)));
  element('fault-when').addEventListener('change', showFields);
  element('fault-call').addEventListener('change', showFitting);
  element('disarm').addEventListener('click', () => arm(undefined));
  element('clear-rules').addEventListener('click', () => void attempt(() => remove('faults')));
  let rereading;
  events.addEventListener('faults', () => {
    clearTimeout(rereading);
    rereading = setTimeout(() => void readRules(), 50);
  });
  showFields();
  await readRules();
  return { takeArmed };

  /** What goes wrong with the next sign-in; it counts once. */
  function takeArmed() {
    const fault = armed;
    arm(undefined);
    return fault;
  }

  function groupOf(group) {
    const faults = known.filter((fault) => fault.group === group);
    return node('section', 'group', [
      node('h3', '', GROUP_NAMES[group]),
      node('div', 'chips', faults.map(faultButton)),
    ]);
  }

  function faultButton({ name, says, calls }) {
    const made = button('fault', name, () => void press(name));
    made.dataset.calls = calls.join(' ');
    made.setAttribute('aria-description', says);
    for (const type of ['focus', 'pointerenter']) {
      made.addEventListener(type, () => element('fault-says').replaceChildren(node('code', '', name), ` ${says}`));
    }
    return made;
  }

  async function press(name) {
    const call = element('fault-call').value;
    const fault = call === '' ? name : `${call}:${name}`;
    const when = element('fault-when').value;
    if (when === 'sign-in') return arm(fault);
    await attempt(() => postJson('faults', { ...whose(call, name), ...condition(when), fault }));
  }

  function whose(call, name) {
    if (element('fault-whose').value === 'holder') return { userId: holder().userId };
    return { operation: call === '' ? known.find((fault) => fault.name === name).calls[0] : call };
  }

  function condition(when) {
    const number = element('fault-number').valueAsNumber;
    switch (when) {
      case 'nth':
        return { nth: number };
      case 'from':
        return { from: number };
      case 'rate':
        return { rate: number / 100 };
      default:
        return {};
    }
  }

  function arm(fault) {
    armed = fault;
    element('next-fault').hidden = fault === undefined;
    element('next-fault-name').textContent = fault ?? '';
    say(fault === undefined ? '' : `The next sign-in goes wrong: ${fault}.`);
  }

  function showFields() {
    const when = element('fault-when').value;
    element('fault-whose-field').hidden = when === 'sign-in';
    element('fault-number-field').hidden = NUMBER_LABELS[when] === undefined;
    element('fault-number-label').textContent = NUMBER_LABELS[when] ?? '';
    element('fault-number').value = when === 'rate' ? '10' : '3';
  }

  function showFitting() {
    const call = element('fault-call').value;
    for (const made of document.querySelectorAll('button.fault')) {
      made.disabled = call !== '' && !made.dataset.calls.split(' ').includes(call);
    }
  }

  async function readRules() {
    const { active } = await getJson('faults');
    element('rules').hidden = active.length === 0;
    element('rule-list').replaceChildren(...active.map(ruleRow));
  }

  function ruleRow({ id, fault, seen, spoilt, ...rule }) {
    const off = button('', 'Remove', () => void attempt(() => remove(`faults?id=${id}`)));
    off.setAttribute('aria-label', `Remove ${fault}`);
    const count = node('span', 'soft', `${spoilt} of ${seen} spoilt`);
    return node('li', '', [node('code', '', fault), node('span', '', describe(rule)), count, off]);
  }

  async function attempt(act) {
    try {
      await act();
      say('');
    } catch (error) {
      say(error.message);
    }
  }
}

function describe({ userId, token, calls, nth, from, to, rate, times }) {
  return [
    userId === undefined ? 'everybody' : `…${userId.slice(-6)}`,
    calls === undefined ? undefined : calls.map((call) => CALL_NAMES[call]).join(' or '),
    token === undefined ? undefined : `token ${token.slice(0, 14)}…`,
    nth === undefined ? undefined : `call ${nth}`,
    from === undefined && to === undefined ? undefined : `calls ${from ?? 1} to ${to ?? '…'}`,
    rate === undefined ? undefined : `${Math.round(rate * 1000) / 10} %`,
    times === undefined ? undefined : `${times} times`,
  ]
    .filter((part) => part !== undefined)
    .join(' · ');
}

function say(text) {
  element('fault-status').textContent = text;
}
