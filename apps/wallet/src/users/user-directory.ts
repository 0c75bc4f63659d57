import { ChangeSignal } from '../log/change-signal.js';
import { BUILT_IN_USERS } from './built-in-users.js';
import { defaultUserInfo } from './default-user-info.js';
import type { WalletUser } from './wallet-user.js';

export interface UserSearch {
  /** Part of the id, of what the user is about, or of the nickname; in any case. */
  readonly text?: string;
  readonly limit?: number;
}

/** Who the wallet's users are: those given, those of the users file, the built-in ones, then anybody with a valid id. */
export class UserDirectory {
  readonly changed = new ChangeSignal();
  readonly #given = new Map<string, WalletUser>();
  #ofFile: readonly WalletUser[] = [];
  #users: ReadonlyMap<string, WalletUser> = new Map();
  #problem: string | undefined;

  constructor(given: readonly WalletUser[]) {
    for (const user of given) this.#given.set(user.userId, user);
    this.#merge();
  }

  list(): readonly WalletUser[] {
    return [...this.#users.values()];
  }

  search({ text = '', limit = Number.POSITIVE_INFINITY }: UserSearch): readonly WalletUser[] {
    const wanted = text.toLowerCase();
    const found: WalletUser[] = [];
    for (const user of this.#users.values()) {
      if (found.length >= limit) break;
      if (wanted === '' || describes(user).includes(wanted)) found.push(user);
    }
    return found;
  }

  find(userId: string): WalletUser {
    return (
      this.#users.get(userId) ?? { userId, about: 'Default profile of this id', userInfo: defaultUserInfo(userId) }
    );
  }

  /** Adds the user, or replaces the one with the same id, from the next call on. */
  put(user: WalletUser): void {
    this.#given.set(user.userId, user);
    this.#merge();
  }

  /** What is wrong with the users file as it is now; the users are those of its last good version then. */
  get problem(): string | undefined {
    return this.#problem;
  }

  takeFile(users: readonly WalletUser[]): void {
    this.#ofFile = users;
    this.#problem = undefined;
    this.#merge();
  }

  keepFile(problem: string): void {
    this.#problem = problem;
    this.changed.fire();
  }

  #merge(): void {
    const users = [...BUILT_IN_USERS, ...this.#ofFile, ...this.#given.values()];
    this.#users = new Map(users.map((user) => [user.userId, user]));
    this.changed.fire();
  }
}

function describes({ userId, about, userInfo }: WalletUser): string {
  const nickName = userInfo['nickName'];
  return `${userId}\n${about}\n${typeof nickName === 'string' ? nickName : ''}`.toLowerCase();
}
