import type { State } from './state.js';

/** An open shop, before anything is known of who looks in. */
export function initialState(isOnline: boolean): State {
  return { place: { kind: 'browsing' }, work: undefined, notice: undefined, isOnline, hasBridge: undefined };
}
