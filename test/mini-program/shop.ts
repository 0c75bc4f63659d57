import { vi } from 'vitest';
import type { Links, Login, Me } from '../../apps/sample/web/src/api/answers.js';
import type { Refusal } from '../../apps/sample/web/src/api/refusal.js';
import { Refused } from '../../apps/sample/web/src/api/refused.js';
import type { ShopApi } from '../../apps/sample/web/src/api/shop-api.js';
import type { CodeAnswer } from '../../apps/sample/web/src/bridge/bridge.js';
import type { FlowContext } from '../../apps/sample/web/src/flows/flow.js';
import { FlowRunner } from '../../apps/sample/web/src/flows/flow-runner.js';
import { tabTokenStore } from '../../apps/sample/web/src/session/tab-token-store.js';
import { initialState } from '../../apps/sample/web/src/state/initial-state.js';
import { reduce } from '../../apps/sample/web/src/state/reduce.js';
import type { State } from '../../apps/sample/web/src/state/state.js';

export const LINKS: Links = { links: [], events: [] };

/** The mini program without its page: state, flows, a server whose answers the test gives. */
export class Shop {
  state: State = initialState(true);
  readonly scopes = vi.fn<(scopes: readonly string[]) => void>();
  consent: CodeAnswer = { kind: 'code', authCode: 'code-1' };
  readonly tokens = tabTokenStore(() => {
    throw new Error('This browser lends no storage.');
  });
  readonly flows = new FlowRunner(() => this.context);

  constructor(private readonly api: Partial<ShopApi>) {}

  get context(): FlowContext {
    const getAuthCode = async (scopes: readonly string[]): Promise<CodeAnswer> => {
      this.scopes(scopes);
      return this.consent;
    };
    return {
      api: this.api as ShopApi,
      bridge: { getAuthCode },
      scopes: ['auth_base', 'auth_user'],
      tokens: this.tokens,
      state: () => this.state,
      tell: (event) => (this.state = reduce(this.state, event)),
    };
  }
}

export function meOf(id: string, missing: Me['account']['missing'] = []): Me {
  const account = { id, displayName: missing.includes('displayName') ? null : 'Zoë', email: null, missing };
  return { account, vodaPay: { userId: '216610000000000000001', linkedAt: 1 } };
}

export function loginOf(id: string, outcome: Login['outcome'] = 'existing'): Login {
  return { session: { token: `token-of-${id}` }, account: { id }, outcome };
}

export function refused(code: string, statusCode: number, more: Partial<Refusal> = {}): Refused {
  return new Refused({ statusCode, code, next: 'none', message: 'For developers.', ...more });
}
