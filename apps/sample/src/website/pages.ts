import type { IssuedLinkCode, PendingApproval } from 'nestjs-vodapay';

/** Text that is safe to stand in a page. */
class Html {
  constructor(readonly text: string) {}
}

/** A piece of a page: whatever is put in is escaped, unless it is a piece itself. */
function html(parts: TemplateStringsArray, ...values: readonly (string | Html | readonly Html[])[]): Html {
  const written = values.map((value) => {
    if (typeof value === 'string') return escape(value);
    return value instanceof Html ? value.text : value.map(({ text }) => text).join('');
  });
  return new Html(parts.map((part, index) => part + (written[index] ?? '')).join(''));
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escape(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ESCAPES[character] ?? '');
}

function page(title: string, body: Html): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} - Corner Shop</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/shop.css" />
      </head>
      <body>
        <header><h1>${title}</h1></header>
        <main>${body}</main>
      </body>
    </html>`.text;
}

function signInForm(action: string, label: string): Html {
  return html`<form method="post" action="/website/${action}">
    <label>E-mail <input name="email" type="email" required maxlength="254" /></label>
    <label>Password <input name="password" type="password" required minlength="10" maxlength="200" /></label>
    <button class="primary">${label}</button>
  </form>`;
}

export function welcomePage(isSignedIn: boolean): string {
  if (isSignedIn) {
    return page(
      'Your account',
      html`<p>You are signed in. <a href="/website/link-code">Link your VodaPay wallet</a></p>`,
    );
  }
  return page(
    'Corner Shop',
    html`<h2>Sign in</h2>
      ${signInForm('login', 'Sign in')}
      <h2>New here?</h2>
      ${signInForm('register', 'Register')}`,
  );
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

export function linkCodePage(approvals: readonly PendingApproval[], issued?: IssuedLinkCode): string {
  return page(
    'Link your VodaPay wallet',
    html`${issued === undefined ? newCodeForm() : codeShown(issued)}
      <h2>Waiting for you</h2>
      ${approvals.length === 0 ? html`<p>Nobody has typed a code of yours.</p>` : approvals.map(approvalForm)}
      <p><a href="/website/link-code">Look again</a></p>`,
  );
}

function newCodeForm(): Html {
  return html`<form method="post" action="/website/link-code"><button class="primary">Show a link code</button></form>`;
}

function codeShown({ code, expiresAt }: IssuedLinkCode): Html {
  return html`<p>Type this in our mini program, in your own VodaPay app, and give it to nobody:</p>
    <p><strong id="link-code">${code}</strong></p>
    <p>It is good until ${new Date(expiresAt).toISOString()}.</p>`;
}

function approvalForm({ id, nickName, requestedAt }: PendingApproval): Html {
  const time = new Date(requestedAt).toISOString();
  return html`<form method="post" action="/website/approvals/${id}">
    <p>The VodaPay user ${nickName} typed your code at ${time}. Is it you?</p>
    <button name="decision" value="approve" class="primary">Yes, link this wallet</button>
    <button name="decision" value="reject">No</button>
  </form>`;
}
