import type { Refusal } from '../api/refusal.js';
import { isEndOfSession } from './is-end-of-session.js';
import { sentenceFor } from './sentence-for.js';
import { SENTENCES, WELCOMES } from './sentences.js';
import type { ShopEvent } from './shop-event.js';
import type { Notice, Place, State } from './state.js';

/** The shop after an event. Pure: everything that the page shows follows from it. */
export function reduce(state: State, event: ShopEvent): State {
  switch (event.type) {
    case 'bridge-looked-for':
      return { ...state, hasBridge: event.found };
    case 'went-offline':
      return { ...state, isOnline: false };
    case 'came-online':
      return { ...state, isOnline: true };
    case 'work-started':
      return { ...state, work: event.work, notice: undefined };
    case 'work-ended':
      return { ...state, work: undefined };
    case 'session-found':
      return { ...state, place: { kind: 'resuming' } };
    case 'consent-cancelled':
      return { ...state, notice: plain(cancelled(state.place)) };
    case 'no-code-given':
      return { ...state, notice: bad(SENTENCES.noCode) };
    case 'proof-asked':
      return at(state, { kind: 'proving', ticket: event.ticket, delivery: event.delivery });
    case 'approval-asked': {
      const hasAskedAgain = state.place.kind === 'awaiting-approval' && state.work !== undefined;
      const notice = hasAskedAgain ? plain(SENTENCES.notYetApproved) : undefined;
      return at(state, { kind: 'awaiting-approval', ticket: event.ticket, code: event.code }, notice);
    }
    case 'account-read': {
      const { me, links, outcome } = event;
      const before = state.place.kind === 'signed-in' ? state.place : undefined;
      const asksToUnlink = before?.me.account.id === me.account.id && before.asksToUnlink;
      const place: Place = { kind: 'signed-in', me, links, asksToUnlink };
      return outcome === undefined ? { ...state, place } : at(state, place, good(WELCOMES[outcome]));
    }
    case 'details-saved': {
      if (state.place.kind !== 'signed-in') return state;
      const me = { ...state.place.me, account: event.account };
      return at(state, { ...state.place, me }, good(SENTENCES.saved));
    }
    case 'unlink-asked':
      return state.place.kind === 'signed-in' ? at(state, { ...state.place, asksToUnlink: true }) : state;
    case 'unlink-dropped':
      return state.place.kind === 'signed-in' ? at(state, { ...state.place, asksToUnlink: false }) : state;
    case 'unlinked':
      return at(state, { kind: 'browsing' }, good(SENTENCES.unlinked));
    case 'somebody-else-signed-in':
      return { ...state, notice: plain(SENTENCES.somebodyElse) };
    case 'signed-out':
      return at(state, { kind: 'browsing' }, plain(SENTENCES.signedOut));
    case 'refused':
      return { ...state, place: placeAfter(state.place, event.refusal), notice: bad(sentenceFor(event.refusal)) };
    default:
      return event satisfies never;
  }
}

function at(state: State, place: Place, notice?: Notice): State {
  return { ...state, place, notice };
}

/** What can't be unlinked is not asked about again. */
function placeAfter(place: Place, refusal: Refusal): Place {
  if (isEndOfSession(refusal)) return { kind: 'browsing' };
  const isLastWay = refusal.code === 'VODAPAY_LAST_SIGN_IN_METHOD';
  if (place.kind === 'signed-in' && isLastWay) return { ...place, asksToUnlink: false };
  return place;
}

/** Whoever is signed in was asked because of the unlinking, and still is. */
function cancelled(place: Place): string {
  return place.kind === 'signed-in' ? SENTENCES.notUnlinked : SENTENCES.cancelled;
}

function good(text: string): Notice {
  return { tone: 'good', text };
}

function plain(text: string): Notice {
  return { tone: 'plain', text };
}

function bad(text: string): Notice {
  return { tone: 'bad', text };
}
