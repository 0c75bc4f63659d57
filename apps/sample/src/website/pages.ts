import type { IssuedLinkCode, PendingApproval } from 'nestjs-vodapay';
import { html, type Html } from '../html/html.js';
import { page } from '../html/page.js';

/** `autocomplete` tells the browser's password manager whether the password is a new one. */
function signInForm(action: 'login' | 'register', label: string): Html {
  const password = action === 'login' ? 'current-password' : 'new-password';
  return html`<form class="card" method="post" action="/website/${action}">
    <h2>${label}</h2>
    <label>E-mail <input name="email" type="email" required maxlength="254" autocomplete="username" /></label>
    <label
      >Password
      <input name="password" type="password" required minlength="10" maxlength="200" autocomplete="${password}" />
    </label>
    <button class="primary">${label}</button>
  </form>`;
}

export function welcomePage(isSignedIn: boolean): string {
  if (isSignedIn) {
    return page(
      'Your account',
      html`<p>You are signed in.</p>
        <p><a href="/website/link-code">Link your VodaPay wallet</a></p>`,
    );
  }
  return page('Corner Shop', html`${signInForm('login', 'Sign in')} ${signInForm('register', 'Register')}`);
}

/** A button, because mail programs open links by themselves. */
export function verifyPage(token: string): string {
  return page(
    'Verify your e-mail',
    html`<p>Did you register at Corner Shop with this e-mail? If not, close this page.</p>
      <form method="post" action="/website/verify">
        <input type="hidden" name="token" value="${token}" />
        <button class="primary">Yes, it was me</button>
      </form>`,
  );
}

export function messagePage(title: string, sentence: string): string {
  return page(
    title,
    html`<p>${sentence}</p>
      <p><a href="/website">Back</a></p>`,
  );
}

/** `now`: epoch milliseconds; a server doesn't know its visitor's clock, so the page counts minutes. */
export function linkCodePage(approvals: readonly PendingApproval[], now: number, issued?: IssuedLinkCode): string {
  return page(
    'Link your VodaPay wallet',
    html`${issued === undefined ? newCodeForm() : codeShown(issued, now)}
      <h2>Waiting for you</h2>
      ${
        approvals.length === 0
          ? html`<p>Nobody has typed a code of yours.</p>`
          : approvals.map((approval) => approvalForm(approval, now))
      }
      <p><a href="/website/link-code">Look again</a></p>`,
  );
}

function newCodeForm(): Html {
  return html`<form method="post" action="/website/link-code"><button class="primary">Show a link code</button></form>`;
}

function codeShown({ code, expiresAt }: IssuedLinkCode, now: number): Html {
  return html`<div class="card">
    <p>Type this in our mini program, in your own VodaPay app, and give it to nobody:</p>
    <p><strong class="code" id="link-code">${code}</strong></p>
    <p class="quiet">It is good for ${minutes(expiresAt - now)}, once. Then look again here: you have the last word.</p>
  </div>`;
}

/** What saying yes does to the wallet. */
const CONSEQUENCES: Readonly<Record<PendingApproval['purpose'], string>> = Object.freeze({
  link: 'It will open this account.',
  move: 'It opens another account now, and will open this one instead.',
});

function approvalForm({ id, nickName, purpose, requestedAt }: PendingApproval, now: number): Html {
  return html`<form class="card" method="post" action="/website/approvals/${id}">
    <p>The VodaPay user ${nickName} typed your code ${minutes(now - requestedAt)} ago. Is it you?</p>
    <p class="quiet">${CONSEQUENCES[purpose]}</p>
    <button name="decision" value="approve" class="primary">Yes, link this wallet</button>
    <button name="decision" value="reject">No</button>
  </form>`;
}

function minutes(ms: number): string {
  const count = Math.round(ms / 60_000);
  if (count < 1) return 'less than a minute';
  return count === 1 ? 'a minute' : `${count} minutes`;
}
