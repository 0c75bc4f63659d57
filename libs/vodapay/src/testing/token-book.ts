import { randomBytes } from 'node:crypto';

/** A refusal of the wallet, or whose token it is. */
export type TokenReading = { readonly userId: string } | { readonly refusal: string };

type HandleKind = 'authCode' | 'accessToken' | 'refreshToken';

interface Handle {
  readonly kind: HandleKind;
  readonly userId: string;
  state: 'good' | 'used' | 'expired' | 'revoked';
}

/** Kind and state of a handle → the code under which the wallet refuses it. */
const REFUSALS: Readonly<Record<HandleKind, Readonly<Record<Exclude<Handle['state'], 'good'> | 'unknown', string>>>> = {
  authCode: { unknown: 'INVALID_CODE', revoked: 'INVALID_CODE', used: 'USED_CODE', expired: 'EXPIRED_CODE' },
  accessToken: {
    unknown: 'INVALID_ACCESS_TOKEN',
    revoked: 'INVALID_ACCESS_TOKEN',
    used: 'INVALID_ACCESS_TOKEN',
    expired: 'EXPIRED_ACCESS_TOKEN',
  },
  refreshToken: {
    unknown: 'INVALID_REFRESH_TOKEN',
    revoked: 'INVALID_REFRESH_TOKEN',
    used: 'USED_REFRESH_TOKEN',
    expired: 'EXPIRED_REFRESH_TOKEN',
  },
};

/** The codes and tokens that the test wallet gave out. */
export class TokenBook {
  private readonly handles = new Map<string, Handle>();

  issue(kind: HandleKind, userId: string): string {
    const value = `test${randomBytes(18).toString('hex')}`;
    this.handles.set(value, { kind, userId, state: 'good' });
    return value;
  }

  read(kind: HandleKind, value: unknown): TokenReading {
    const handle = this.handleOf(kind, value);
    const state = handle?.state ?? 'unknown';
    return handle !== undefined && state === 'good'
      ? { userId: handle.userId }
      : { refusal: REFUSALS[kind][state === 'good' ? 'unknown' : state] };
  }

  /** Whose it is, whatever became of it. */
  ownerOf(kind: HandleKind, value: unknown): string | undefined {
    return this.handleOf(kind, value)?.userId;
  }

  use(kind: HandleKind, value: unknown): void {
    const handle = this.handleOf(kind, value);
    if (handle !== undefined) handle.state = 'used';
  }

  /** Changes what is good among a user's handles of these kinds. */
  end(userId: string, kinds: readonly HandleKind[], state: 'expired' | 'revoked'): void {
    for (const handle of this.handles.values()) {
      if (handle.userId === userId && kinds.includes(handle.kind) && handle.state === 'good') handle.state = state;
    }
  }

  private handleOf(kind: HandleKind, value: unknown): Handle | undefined {
    const handle = typeof value === 'string' ? this.handles.get(value) : undefined;
    return handle?.kind === kind ? handle : undefined;
  }
}
