import type { INestApplicationContext } from '@nestjs/common';
import { VodaPayLoginService } from '../login/login.service.js';
import type { ResolvedVodaPayOptions } from '../vodapay.options.js';
import { VODAPAY_OPTIONS } from '../vodapay.tokens.js';
import { fixedLogin, type FixedUser } from './fixed-login.js';
import { instancePart } from './instance-part.js';
import { mustBeATest } from './must-be-a-test.js';
import type { OverridableModule } from './overridable-module.js';

/**
 * Makes every request that of one user, on every guarded route and transport, without a session, a wallet or a link: for
 * tests of what stands behind the guard. With `undefined` nobody is signed in. Refuses where NODE_ENV is production.
 *
 * Given a running application, it gives a function that ends the override (of the instance `name`, where there are
 * several). Given Nest's testing module builder, it gives the builder back, and counts for all instances.
 *
 * @example
 * overrideVodaPayUser(app, { accountId: 'account-1' });
 */
export function overrideVodaPayUser(app: INestApplicationContext, user: FixedUser, name?: string): () => void;
export function overrideVodaPayUser<B extends OverridableModule>(builder: B, user: FixedUser): B;
export function overrideVodaPayUser(
  target: INestApplicationContext | OverridableModule,
  user: FixedUser,
  name?: string,
): unknown {
  mustBeATest('overrideVodaPayUser');
  if ('overrideProvider' in target) return overrideInBuilder(target, user);
  const options = instancePart(target, VODAPAY_OPTIONS, name) as ResolvedVodaPayOptions;
  const login = instancePart(target, VodaPayLoginService, name) as Partial<VodaPayLoginService>;
  const fixed = fixedLogin(user, options);
  Object.assign(login, fixed);
  return () => {
    // What stands on the instance itself hides the class's methods; an override made since then stays.
    for (const [method, own] of Object.entries(fixed)) {
      if (Reflect.get(login, method) === own) Reflect.deleteProperty(login, method);
    }
  };
}

function overrideInBuilder(builder: OverridableModule, user: FixedUser): OverridableModule {
  builder.overrideProvider(VodaPayLoginService).useFactory({
    factory: (options: ResolvedVodaPayOptions) => fixedLogin(user, options),
    inject: [VODAPAY_OPTIONS],
  });
  return builder;
}
