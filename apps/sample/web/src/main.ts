import { readSettings } from './api/read-settings.js';
import { shopApi } from './api/shop-api.js';
import { findBridge } from './bridge/find-bridge.js';
import { loadWebViewScript } from './bridge/load-web-view-script.js';
import { completeDetails } from './flows/complete-details.js';
import { declineLink } from './flows/decline-link.js';
import { FlowRunner } from './flows/flow-runner.js';
import type { Flow, FlowContext } from './flows/flow.js';
import { proveAccount } from './flows/prove-account.js';
import { resumeSession } from './flows/resume-session.js';
import { signIn } from './flows/sign-in.js';
import { signOut } from './flows/sign-out.js';
import { unlinkVodaPay } from './flows/unlink-vodapay.js';
import { readDetails } from './page/read-details.js';
import { renderInto } from './page/render.js';
import { viewOf } from './page/view-of.js';
import { tabTokenStore } from './session/tab-token-store.js';
import { initialState } from './state/initial-state.js';
import { reduce } from './state/reduce.js';
import type { ShopEvent } from './state/shop-event.js';
import type { Work } from './state/state.js';

/** How often the shop looks whether the website's approval has come. */
const LOOK_EVERY_MS = 3_000;

const render = renderInto(document);
const times = new Intl.DateTimeFormat('en-ZA', { dateStyle: 'medium', timeStyle: 'short' });
const tokens = tabTokenStore(() => sessionStorage);
const base = new URL('.', location.href).href;
const api = shopApi(base);
let state = initialState(navigator.onLine);

const tell = (event: ShopEvent): void => {
  state = reduce(state, event);
  render(viewOf(state, (ms) => times.format(ms)));
};
let context: FlowContext = { api, bridge: undefined, scopes: [], tokens, state: () => state, tell };
const flows = new FlowRunner(() => context);
const run = (work: Work, flow: Flow): void => void flows.run(work, flow);

const input = (id: string): HTMLInputElement => document.getElementById(id) as HTMLInputElement;
const onClick = (id: string, act: () => void): void => document.getElementById(id)?.addEventListener('click', act);
const onSubmit = (id: string, act: () => void): void =>
  document.getElementById(id)?.addEventListener('submit', (event) => {
    event.preventDefault();
    act();
  });

onClick('sign-in', () => run('signing-in', signIn));
onClick('resume', () => run('resuming', resumeSession));
onSubmit('prove-form', () => run('proving', proveAccount(input('code').value)));
onClick('approved', () => run('proving', proveAccount()));
for (const id of ['decline', 'decline-approval']) onClick(id, () => run('declining', declineLink));
onSubmit('complete', () => run('saving', completeDetails(readDetails(input))));
onClick('unlink', () => state.work === undefined && tell({ type: 'unlink-asked' }));
onClick('unlink-no', () => state.work === undefined && tell({ type: 'unlink-dropped' }));
onClick('unlink-yes', () => run('unlinking', unlinkVodaPay));
onClick('sign-out', () => run('signing-out', signOut));

addEventListener('offline', () => tell({ type: 'went-offline' }));
addEventListener('online', () => {
  tell({ type: 'came-online' });
  lookAgain();
});
// The session may have ended elsewhere while nobody looked.
document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && lookAgain());
setInterval(() => state.place.kind === 'awaiting-approval' && lookAgain(), LOOK_EVERY_MS);

if (tokens.read() !== undefined) {
  tell({ type: 'session-found' });
  run('resuming', resumeSession);
}
await findVodaPay();

/** Brings what the page shows up to date, unasked. */
function lookAgain(): void {
  if (state.place.kind === 'awaiting-approval') void flows.runQuietly(proveAccount());
  else if (tokens.read() !== undefined) void flows.runQuietly(resumeSession);
}

async function findVodaPay(): Promise<void> {
  const my = (): unknown => (globalThis as { readonly my?: unknown }).my;
  await loadWebViewScript(document, navigator.userAgent, my());
  const { embeddedBy, scopes } = await readSettings(base);
  const bridge = findBridge({ my: my(), window, embeddedBy, newId: () => crypto.randomUUID() });
  context = { ...context, bridge, scopes };
  tell({ type: 'bridge-looked-for', found: bridge !== undefined });
}
