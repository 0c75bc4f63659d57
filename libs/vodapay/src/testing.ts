// The entry point nestjs-vodapay/testing: apart from the main one, so that nothing of it is in a running application.
export { overrideVodaPayUser } from './testing/override-vodapay-user.js';
export type { FixedUser } from './testing/fixed-login.js';
export type { FaultTarget } from './testing/fault-queue.js';
export type { OverridableModule } from './testing/overridable-module.js';
export { signInAs } from './testing/sign-in-as.js';
export type { TestSignIn } from './testing/sign-in-as.js';
export type { TestFaultName } from './testing/test-faults.js';
export { TEST_USER_ID } from './testing/test-user.js';
export type { TestUser, TestUserLike } from './testing/test-user.js';
export { TestWallet } from './testing/test-wallet.js';
export type { TestCall } from './testing/test-wallet.js';
export { testWalletOf } from './testing/test-wallet-of.js';
export type { TestingOptions } from './testing/testing-options.js';
export { VodaPayTestingModule } from './testing/vodapay-testing.module.js';
export type { TestingModuleOptions } from './testing/vodapay-testing.module.js';
export { accountDirectoryContract } from './testing/directory/account-directory-contract.js';
export type { TestFramework } from './testing/directory/account-directory-contract.js';
export type { DirectoryUnderTest } from './testing/directory/directory-under-test.js';
