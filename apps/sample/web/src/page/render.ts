import type { Line, Panel, View } from './view.js';

const PANELS: readonly Panel[] = ['browsing', 'outside', 'resuming', 'proving', 'awaiting-approval', 'signed-in'];

/** Puts a view into the page. What the customer is typing stays, and a new panel takes the focus. */
export function renderInto(document: Document): (view: View) => void {
  const element = (id: string): HTMLElement => document.getElementById(id) as HTMLElement;
  let shown: View | undefined;
  return (view) => {
    const isNewPanel = shown !== undefined && shown.panel !== view.panel;
    for (const panel of PANELS) element(panel).hidden = panel !== view.panel;
    write('greeting', view.greeting);
    say('notice', view.notice?.tone === 'bad' ? '' : (view.notice?.text ?? ''));
    say('failure', view.notice?.tone === 'bad' ? view.notice.text : '');
    element('notice').dataset['tone'] = view.notice?.tone ?? 'plain';
    say('offline', view.offline ?? '');
    write('proof', view.proof);
    write('name', view.name);
    write('email-shown', view.email);
    showDetails(view);
    element('unlink-question').hidden = !view.asksToUnlink;
    element('unlink').hidden = view.asksToUnlink;
    showLines('links', view.links);
    showLines('events', view.events);
    showWork(view);
    if (isNewPanel) focusOn(view.panel);
    else if (view.asksToUnlink && shown?.asksToUnlink === false) element('unlink-no').focus();
    else if (!view.asksToUnlink && shown?.asksToUnlink === true) element('unlink').focus();
    // What was tapped may stand far below what is said about it.
    if (view.notice !== undefined && view.notice !== shown?.notice) document.defaultView?.scrollTo(0, 0);
    shown = view;
  };

  function showDetails({ missing }: View): void {
    element('complete').hidden = missing.length === 0;
    for (const detail of ['displayName', 'email'] as const) {
      const isMissing = missing.includes(detail);
      element(`${detail}-field`).hidden = !isMissing;
      (element(detail) as HTMLInputElement).required = isMissing;
    }
  }

  /** `aria-disabled` and not `disabled`, which would throw the focus back to the page's start. */
  function showWork({ labels, isBusy }: View): void {
    for (const [id, label] of Object.entries(labels)) write(id, label);
    for (const button of document.querySelectorAll('button')) button.setAttribute('aria-disabled', String(isBusy));
    element('page').setAttribute('aria-busy', String(isBusy));
  }

  function showLines(id: string, lines: readonly Line[]): void {
    element(id).replaceChildren(
      ...lines.map(({ text, time }) => {
        const [item, words, when] = [
          document.createElement('li'),
          document.createElement('span'),
          document.createElement('span'),
        ];
        words.textContent = text;
        when.textContent = time;
        when.className = 'quiet';
        item.append(words, when);
        return item;
      }),
    );
  }

  function focusOn(panel: Panel): void {
    const candidates = [...element(panel).querySelectorAll<HTMLElement>('input, [tabindex="-1"], button')];
    candidates.find((candidate) => candidate.offsetParent !== null)?.focus({ preventScroll: true });
    document.defaultView?.scrollTo(0, 0);
  }

  function say(id: string, text: string): void {
    write(id, text);
    element(id).hidden = text === '';
  }

  /** Only what has changed: a screen reader would read an unchanged status again. */
  function write(id: string, text: string): void {
    if (element(id).textContent !== text) element(id).textContent = text;
  }
}
