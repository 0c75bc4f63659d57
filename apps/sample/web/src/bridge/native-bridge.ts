import type { Bridge, CodeAnswer } from './bridge.js';

/** `my.getAuthCode` as the mini-program platform documents it. */
export interface NativeMy {
  getAuthCode(request: {
    readonly scopes: readonly string[];
    readonly success: (answer: unknown) => void;
    readonly fail: (failure: unknown) => void;
  }): void;
}

/** The platform's `error` when the customer has cancelled: USER_CANCEL, ERROR_CODE_USER_CANCEL. */
const CANCELLED: ReadonlySet<unknown> = new Set([11, '11', 1001, '1001']);

/** Where VodaPay, or a library of the platform, has put `my.getAuthCode` into the page itself. */
export function nativeBridge(my: NativeMy): Bridge {
  return {
    getAuthCode: (scopes) =>
      new Promise((resolve) => {
        my.getAuthCode({
          scopes,
          success: (answer) => resolve(readSuccess(answer)),
          fail: (failure) => resolve({ kind: CANCELLED.has(field(failure, 'error')) ? 'cancelled' : 'failed' }),
        });
      }),
  };
}

function readSuccess(answer: unknown): CodeAnswer {
  const authCode = field(answer, 'authCode');
  return typeof authCode === 'string' && authCode !== '' ? { kind: 'code', authCode } : { kind: 'failed' };
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
}
