import { html, type Html } from '../html/html.js';
import { page } from '../html/page.js';
import type { Mail } from './mails.service.js';

/** Development's outbox as a page: the links in the mails can be followed. */
export function outboxPage(mails: readonly Mail[]): string {
  const list = mails.length === 0 ? html`<p>Nothing was sent since the start.</p>` : mails.map(mailCard);
  return page(
    'Outbox',
    html`<p class="quiet">What the shop would have mailed, the newest first.</p>
      ${list}`,
  );
}

function mailCard({ to, subject, text }: Mail): Html {
  return html`<article class="card">
    <h2>${subject}</h2>
    <p class="quiet">To ${to}</p>
    <p>${withLinks(text)}</p>
  </article>`;
}

/** The shop's own addresses only: whatever else stands in a mail stays text. */
function withLinks(text: string): readonly Html[] {
  return text
    .split(/(\/website\/verify\?token=[\w-]+)/)
    .map((piece, index) => (index % 2 === 1 ? html`<a href="${piece}">${piece}</a>` : html`${piece}`));
}
