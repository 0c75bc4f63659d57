import type { InjectionToken } from '@nestjs/common';
import type { AccountDirectory } from '../linking/account-directory.js';
import type { VodaPayModuleOptions } from '../vodapay.options.js';
import type { TestWallet } from './test-wallet.js';

type Accounts = AccountDirectory | AccountDirectory<number>;

/** Faults in a row must not open the circuit or slow calls down, unless the test is about that. */
const NEVER = { circuitMinimumCalls: 10_000, slowDownAfter: 10_000 };

/** Options for which the test wallet has its own answer: host and keys of both sides. */
type WalletSide =
  | 'environment'
  | 'baseUrl'
  | 'privateKey'
  | 'keyVersion'
  | 'signer'
  | 'vodapayPublicKey'
  | 'vodapayPublicKeyVersion'
  | 'vodapayPublicKeys'
  | 'keys';

/** Module options that a test sets itself; `maxAttempts` is 1 unless given, so that a fault for one call is met, and no fault opens the circuit. */
export interface TestingOptions extends Partial<Omit<VodaPayModuleOptions, WalletSide | 'accounts'>> {
  /**
   * The accounts: an AccountDirectory, or the injection token of one that VodaPayModule's own imports provide. With it the
   * application's options factory does not run, so that it needs no environment. Default: what the application gives.
   */
  readonly accounts?: Accounts | InjectionToken;
}

const CLIENT_ID = 'TEST-MINI-PROGRAM';
const ORIGIN = 'https://wallet.invalid';

/** The application's options with host and keys of the test wallet, and what the test itself sets. */
export function testedOptions(
  given: Partial<VodaPayModuleOptions>,
  accounts: Accounts | undefined,
  { keys }: TestWallet,
  overrides: Omit<TestingOptions, 'accounts'> = {},
): VodaPayModuleOptions {
  const { environment: _environment, signer: _signer, vodapayPublicKeys: _ring, keys: _source, ...kept } = given;
  // Nor does a test meet other processes.
  const { keyVersion: _own, vodapayPublicKeyVersion: _foreign, coordination: _others, session, ...rest } = kept;
  // A key service would be a call over the network.
  const { secretBox: _keyService, ...keptSession } = session ?? {};
  return {
    clientId: CLIENT_ID,
    ...rest,
    maxAttempts: 1,
    resilience: { ...rest.resilience, ...NEVER },
    baseUrl: ORIGIN,
    privateKey: keys.merchantPrivateKey,
    vodapayPublicKey: keys.vodapayPublicKey,
    session: keptSession,
    ...overrides,
    accounts: (accounts ?? given.accounts) as AccountDirectory,
  };
}
