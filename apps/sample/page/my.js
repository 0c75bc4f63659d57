/**
 * VodaPay gives its mini programs `my.getAuthCode`. In the frame of the local wallet's page this asks that page for the
 * same. The server lets no other page frame this one (Content-Security-Policy), so the parent is the wallet.
 */
export const my = globalThis.my ?? (globalThis.parent === globalThis ? undefined : { getAuthCode });

function getAuthCode({ scopes, success, fail }) {
  const id = crypto.randomUUID();
  globalThis.addEventListener('message', function answered(event) {
    const { data } = event;
    if (event.source !== globalThis.parent || data?.vodapay !== 'authCode' || data.id !== id) return;
    globalThis.removeEventListener('message', answered);
    if (typeof data.authCode === 'string') success({ authCode: data.authCode });
    else fail({ error: data.error ?? 'failed' });
  });
  globalThis.parent.postMessage({ vodapay: 'getAuthCode', id, scopes }, '*');
}
