const element = (id) => document.getElementById(id);

/** Good news and plain facts: calm, and read out when there is a pause. */
export function tell(sentence) {
  show('notice', sentence);
  show('failure', '');
}

/** What went wrong: red, and read out at once. */
export function complain(sentence) {
  show('failure', sentence);
  show('notice', '');
}

export function clearNotices() {
  show('notice', '');
  show('failure', '');
}

function show(id, sentence) {
  element(id).textContent = sentence;
  element(id).hidden = sentence === '';
}
