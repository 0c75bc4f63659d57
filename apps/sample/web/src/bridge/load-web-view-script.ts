/** Where the app of the wallet serves its script; the address exists inside such an app and nowhere else. */
const SCRIPT = 'https://appx/web-view.min.js';
/** How the apps of the platform name themselves. */
const WALLET_APP = /MiniProgram|mPaaSClient|AlipayClient/i;

/** Brings `my.postMessage` into a page in VodaPay's `<web-view>`. Does nothing in any other browser, or where it is. */
export async function loadWebViewScript(document: Document, userAgent: string, my: unknown): Promise<void> {
  if (my !== undefined || !WALLET_APP.test(userAgent)) return;
  const script = document.createElement('script');
  script.src = SCRIPT;
  const ended = new Promise<void>((resolve) => {
    script.addEventListener('load', () => resolve());
    script.addEventListener('error', () => resolve());
  });
  document.head.append(script);
  await ended;
}
