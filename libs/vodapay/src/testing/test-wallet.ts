import { OPERATIONS, type OperationName } from '../protocol/operations.js';
import { formatWireTime } from '../protocol/wire-time.js';
import type { AnswerDraft } from './answer-draft.js';
import { FaultQueue, type FaultTarget } from './fault-queue.js';
import { mustBeATest } from './must-be-a-test.js';
import type { TestFaultName } from './test-faults.js';
import { makeTestKeys } from './test-keys.js';
import { TEST_USER_ID, type TestUser, type TestUserLike } from './test-user.js';
import { toUserInfo } from './to-user-info.js';
import { TokenBook, type TokenReading } from './token-book.js';

/** A call that the test wallet has answered. */
export interface TestCall {
  readonly operation: OperationName;
  /** Absent when the presented code or token belongs to nobody. */
  readonly userId?: string;
  /** What the answer says; absent when none was made or a fault took it away. */
  readonly resultCode?: string;
}

type Body = Readonly<Record<string, unknown>>;

const TOKEN_LIFETIME_MS = 315_360_000_000;

/** VodaPay in memory: gives out codes, answers the library's signed calls, and fails when the test asks for it. */
export class TestWallet {
  /** Throw-away keys, made with the wallet. */
  readonly keys = makeTestKeys();
  private readonly book = new TokenBook();
  private readonly users = new Map<string, TestUser>();
  private readonly faults = new FaultQueue();
  private readonly answered: TestCall[] = [];

  constructor() {
    mustBeATest('TestWallet');
  }

  /** Every call so far, the oldest first. */
  get calls(): readonly TestCall[] {
    return [...this.answered];
  }

  /** A one-time auth code, as the mini program gets it. A user given as an object is told to the wallet by it. */
  authCode(user: TestUserLike = TEST_USER_ID): string {
    return this.book.issue('authCode', typeof user === 'string' ? user : this.putUser(user));
  }

  /** What the wallet tells of a user from the next call on. Gives the user id. */
  putUser(user: TestUser): string {
    const { userId = TEST_USER_ID } = user;
    this.users.set(userId, user);
    return userId;
  }

  /** The user's access tokens expire: VodaPay's EXPIRED_ACCESS_TOKEN, which a session answers with one refresh. */
  expireTokens(userId: string = TEST_USER_ID): void {
    this.book.end(userId, ['accessToken'], 'expired');
  }

  /** The user withdraws the consent: no code or token of hers counts any more. */
  revoke(userId: string = TEST_USER_ID): void {
    this.book.end(userId, ['authCode', 'accessToken', 'refreshToken'], 'revoked');
  }

  /**
   * Spoils the next call that the fault can spoil. Throws a TypeError that lists the names when there is no such fault.
   *
   * @example
   * wallet.failNext('outage');
   * wallet.failNext('USED_CODE', { userId });
   */
  failNext(fault: TestFaultName, target: FaultTarget = {}): void {
    this.faults.add(fault, target, 1);
  }

  /** Spoils every such call until the function that it gives, or `clearFaults`, is called. */
  failUntilCleared(fault: TestFaultName, target: FaultTarget = {}): () => void {
    return this.faults.add(fault, target, Number.POSITIVE_INFINITY);
  }

  clearFaults(): void {
    this.faults.clear();
  }

  /** The answer to one call, before it is signed. `now`: the application's clock, epoch milliseconds. */
  answer(path: string, body: Body, clientId: string, now: number): AnswerDraft {
    const operation = Object.values(OPERATIONS).find((known) => known.path === path)?.name ?? 'inquiryUserInfo';
    const userId = this.ownerOf(operation, body);
    const fault = this.faults.take(operation, userId);
    const right = draft(fault?.carriesOut === false ? {} : this.carryOut(operation, body, now), clientId);
    const answer = fault === undefined ? right : { ...right, ...fault.spoil(right) };
    this.note(operation, userId, answer);
    return answer;
  }

  private carryOut(operation: OperationName, body: Body, now: number): Body {
    if (operation === 'inquiryUserInfo') {
      return this.grant(this.book.read('accessToken', body['accessToken']), (userId) => ({
        userInfo: toUserInfo(userId, this.users.get(userId) ?? {}),
      }));
    }
    const kind = body['grantType'] === 'REFRESH_TOKEN' ? 'refreshToken' : 'authCode';
    return this.grant(this.book.read(kind, body[kind]), (userId) => {
      this.book.use(kind, body[kind]);
      const expiry = formatWireTime(now + TOKEN_LIFETIME_MS);
      return {
        accessToken: this.book.issue('accessToken', userId),
        accessTokenExpiryTime: expiry,
        refreshToken: this.book.issue('refreshToken', userId),
        refreshTokenExpiryTime: expiry,
        customerId: userId,
      };
    });
  }

  private grant(reading: TokenReading, make: (userId: string) => Body): Body {
    if ('refusal' in reading) {
      const { refusal } = reading;
      return { result: { resultStatus: 'F', resultCode: refusal, resultMessage: `${refusal}, says the test wallet.` } };
    }
    return { result: { resultStatus: 'S', resultCode: 'SUCCESS', resultMessage: 'Success.' }, ...make(reading.userId) };
  }

  private ownerOf(operation: OperationName, body: Body): string | undefined {
    if (operation === 'inquiryUserInfo') return this.book.ownerOf('accessToken', body['accessToken']);
    return this.book.ownerOf('authCode', body['authCode']) ?? this.book.ownerOf('refreshToken', body['refreshToken']);
  }

  private note(operation: OperationName, userId: string | undefined, { body, delivery }: AnswerDraft): void {
    const result = typeof body === 'string' || delivery !== 'whole' ? undefined : body['result'];
    const resultCode = (result as { readonly resultCode?: string } | undefined)?.resultCode;
    this.answered.push({
      operation,
      ...(userId !== undefined && { userId }),
      ...(resultCode !== undefined && { resultCode }),
    });
  }
}

const draft = (body: Body, clientId: string): AnswerDraft => ({
  status: 200,
  headers: { 'content-type': 'application/json' },
  body,
  signed: 'the answer',
  keyVersion: 1,
  clientId,
  clockOffsetMs: 0,
  delivery: 'whole',
});
