import type { ShopApi } from '../api/shop-api.js';
import type { Bridge } from '../bridge/bridge.js';
import type { TokenStore } from '../session/token-store.js';
import type { ShopEvent } from '../state/shop-event.js';
import type { State } from '../state/state.js';

/** What a flow works with. It changes nothing but by telling what has happened. */
export interface FlowContext {
  readonly api: ShopApi;
  readonly bridge: Bridge | undefined;
  /** What VodaPay is asked for. */
  readonly scopes: readonly string[];
  readonly tokens: TokenStore;
  readonly state: () => State;
  readonly tell: (event: ShopEvent) => void;
}

/** Something that the customer does, from the tap to its end. Throws `Refused`. */
export type Flow = (context: FlowContext) => Promise<void>;
