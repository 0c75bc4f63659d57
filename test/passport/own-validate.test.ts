import { expect, it, vi } from 'vitest';
import type { SessionConnections } from '../../libs/vodapay/src/login/session-connections.js';
import type { VodaPayLoginService } from '../../libs/vodapay/src/login/login.service.js';
import type { VodaPayPrincipal } from '../../libs/vodapay/src/login/principal.js';
import { VodaPayStrategy } from '../../libs/vodapay/src/passport/vodapay.strategy.js';

const NO_SOURCES = { authorization: [], body: undefined } as unknown as Parameters<VodaPayStrategy['validate']>[0];

it('The guard asks the validate of an application that has one of its own, and never goes around it', async () => {
  const identify = vi.fn();
  const login = { identify } as unknown as VodaPayLoginService;
  const refusal = new Error('not on this list');
  class OwnStrategy extends VodaPayStrategy {
    override async validate(): Promise<VodaPayPrincipal> {
      throw refusal;
    }
  }

  const own = new OwnStrategy(login, {} as SessionConnections);
  await expect(own.identify(NO_SOURCES, {})).rejects.toBe(refusal);
  expect(identify).not.toHaveBeenCalled();

  await new VodaPayStrategy(login, {} as SessionConnections).identify(NO_SOURCES, {});
  expect(identify).toHaveBeenCalledOnce();
});
