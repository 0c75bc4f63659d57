import type { VodaPayProfile } from '../linking/vodapay-profile.js';

/** A user of the test wallet, in the names under which your application sees her. */
export interface TestUser extends Partial<VodaPayProfile> {
  /** Default `ACTIVE`; the others are refused at the login. */
  readonly status?: 'ACTIVE' | 'FROZEN' | 'INACTIVE';
}

/** A user id alone stands for a user with a nick name and nothing else. */
export type TestUserLike = string | TestUser;

/** Who signs in where a test names nobody. */
export const TEST_USER_ID = '216610000000000000001';
