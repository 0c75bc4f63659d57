import type { INestApplicationContext } from '@nestjs/common';
import { VODAPAY_HTTP_CLIENT } from '../vodapay.tokens.js';
import { instancePart } from './instance-part.js';
import { TestWallet } from './test-wallet.js';

/**
 * The wallet that answers an application under test: for auth codes, faults and the calls it has seen. Throws a TypeError
 * when the application still calls a real one.
 *
 * @param name of the instance, where `VodaPayModule.forRoot` was given one
 */
export function testWalletOf(app: INestApplicationContext, name?: string): TestWallet {
  const client = instancePart(app, VODAPAY_HTTP_CLIENT, name) as { readonly testWallet?: unknown } | undefined;
  if (client?.testWallet instanceof TestWallet) return client.testWallet;
  throw new TypeError(
    'This application calls a real wallet. Make it with VodaPayTestingModule.replaceIn(Test.createTestingModule({ … })), ' +
      'or import VodaPayTestingModule.forRoot({ accounts }) in the place of VodaPayModule.',
  );
}
