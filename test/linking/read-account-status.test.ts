import { describe, expect, it } from 'vitest';
import { readAccountStatus } from '../../libs/vodapay/src/linking/read-account-status.js';

describe('what AccountDirectory.find may answer', () => {
  it('a status, or undefined for an account that is gone', () => {
    const status = { state: 'active', missing: ['email'] };
    expect(readAccountStatus(status)).toBe(status);
    expect(readAccountStatus(undefined)).toBeUndefined();
  });

  it.each([
    [{ state: 'active' }, /no array of texts as "missing"/],
    [{ state: 'disabled', missing: 'email' }, /no array of texts as "missing"/],
    [{ state: 'active', missing: [1] }, /no array of texts as "missing"/],
    [{ state: 'open', missing: [] }, /neither "active" nor "disabled"/],
    [{}, /neither "active" nor "disabled"/],
    [null, /returned null\./],
    [true, /returned a boolean\./],
  ])('%j is VODAPAY_ACCOUNT_DIRECTORY_FAILED, with what to give instead', (answer, message) => {
    const read = () => readAccountStatus(answer);
    expect(read).toThrow(expect.objectContaining({ code: 'VODAPAY_ACCOUNT_DIRECTORY_FAILED', status: 500 }));
    expect(read).toThrow(message);
    expect(read).toThrow(/Give \{ state: "active" or "disabled", missing: \[\] \}/);
  });
});
