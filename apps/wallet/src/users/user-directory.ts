import { BUILT_IN_USERS } from './built-in-users.js';
import { defaultUserInfo } from './default-user-info.js';
import type { WalletUser } from './wallet-user.js';

/** Who the wallet's users are: those given, then the built-in ones, then anybody with an id of a valid shape. */
export class UserDirectory {
  readonly #users: ReadonlyMap<string, WalletUser>;

  constructor(given: readonly WalletUser[]) {
    this.#users = new Map([...BUILT_IN_USERS, ...given].map((user) => [user.userId, user]));
  }

  list(): readonly WalletUser[] {
    return [...this.#users.values()];
  }

  find(userId: string): WalletUser {
    return (
      this.#users.get(userId) ?? { userId, about: 'Default profile of this id', userInfo: defaultUserInfo(userId) }
    );
  }
}
