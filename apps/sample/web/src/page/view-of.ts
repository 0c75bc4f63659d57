import type { LinkEvent, Links } from '../api/answers.js';
import { SENTENCES } from '../state/sentences.js';
import type { Place, State, Work } from '../state/state.js';
import type { Line, Panel, View } from './view.js';

/** What a customer does to prove an account: by how the proof comes. */
const PROOFS: Readonly<Record<Extract<Place, { kind: 'proving' }>['delivery'], string>> = {
  email:
    'You may have an account here already. We have sent a code to its e-mail address: type it, and VodaPay opens it.',
  phone: 'You may have an account here already. We have sent a code to its phone: type it, and VodaPay opens it.',
  'link-code':
    'Have you an account at our website? Sign in there, open “Link your VodaPay wallet”, and type its code here.',
};

/** A button → its label at rest, the work it does, and its label meanwhile. */
const BUTTONS: readonly (readonly [id: string, atRest: string, work: Work, meanwhile: string])[] = [
  ['sign-in', 'Sign in with VodaPay', 'signing-in', 'Signing in…'],
  ['resume', 'Try again', 'resuming', 'Looking…'],
  ['prove', 'Continue', 'proving', 'Checking…'],
  ['approved', 'I have approved it', 'proving', 'Looking…'],
  ['decline', 'Start with a new account', 'declining', 'One moment…'],
  ['decline-approval', 'Start with a new account', 'declining', 'One moment…'],
  ['save', 'Save', 'saving', 'Saving…'],
  ['unlink-yes', 'Yes, remove VodaPay', 'unlinking', 'Removing…'],
  ['sign-out', 'Sign out', 'signing-out', 'Signing out…'],
];

const HAPPENED: Readonly<Record<LinkEvent['kind'], string>> = {
  linked: 'VodaPay was linked',
  moved: 'VodaPay was moved from one account to another',
  unlinked: 'VodaPay was removed',
};

const WHY: Readonly<Record<string, string>> = {
  'first-login': 'at your first sign-in',
  'proved-by-contact': 'by the code that we sent',
  'proved-by-link-code': 'by the code of our website',
  'proved-by-merchant': 'by our customer service',
  declined: 'with a new account, as you chose',
  asked: 'as you asked',
};

/** What the page shows in this state. `formatTime` takes epoch milliseconds. */
export function viewOf(state: State, formatTime: (ms: number) => string): View {
  const { place, work, notice, isOnline } = state;
  const account = place.kind === 'signed-in' ? place.me.account : undefined;
  const links = place.kind === 'signed-in' ? place.links : { links: [], events: [] };
  return {
    greeting: greetingFor(account?.displayName),
    panel: panelOf(state),
    notice,
    offline: isOnline ? undefined : SENTENCES.offline,
    isBusy: work !== undefined,
    labels: Object.fromEntries(BUTTONS.map(([id, rest, at, meanwhile]) => [id, work === at ? meanwhile : rest])),
    proof: place.kind === 'proving' ? PROOFS[place.delivery] : '',
    name: account?.displayName ?? '–',
    email: account?.email ?? '–',
    missing: account?.missing ?? [],
    links: linkLines(links, formatTime),
    events: links.events.map((event) => ({ text: happened(event), time: formatTime(event.happenedAt) })),
    asksToUnlink: place.kind === 'signed-in' && place.asksToUnlink,
  };
}

function panelOf({ place, hasBridge }: State): Panel {
  return place.kind === 'browsing' && hasBridge === false ? 'outside' : place.kind;
}

function greetingFor(name: string | null | undefined): string {
  if (name === undefined) return 'Good things from around the corner.';
  return name === null ? 'Hello!' : `Hello, ${name}!`;
}

function linkLines({ links }: Links, formatTime: (ms: number) => string): readonly Line[] {
  return links.map(({ userId, linkedAt }) => ({
    text: `VodaPay user ${shortId(userId)}`,
    time: formatTime(linkedAt),
  }));
}

/** VodaPay's ids differ at their end. */
function shortId(userId: string): string {
  return userId.length <= 16 ? userId : `…${userId.slice(-6)}`;
}

function happened({ kind, reason }: LinkEvent): string {
  const why = WHY[reason];
  return why === undefined ? HAPPENED[kind] : `${HAPPENED[kind]} ${why}`;
}
