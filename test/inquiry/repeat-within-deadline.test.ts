import { defer, NEVER, throwError, type Observable } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { VodaPayError } from '../../libs/vodapay/src/errors/vodapay-error.js';
import { repeatWithinDeadline } from '../../libs/vodapay/src/inquiry/repeat-within-deadline.js';
import { RetryBudget } from '../../libs/vodapay/src/inquiry/resilience/retry-budget.js';
import { OPERATIONS } from '../../libs/vodapay/src/protocol/operations.js';
import { DEFAULTS } from '../../libs/vodapay/src/vodapay.options.js';

const { maxAttempts, resilience } = DEFAULTS;

/** An attempt that the wallet fails, and one that is still on this side of the gate. */
function failedThen(waiting: Observable<never>, timeoutMs: number): Promise<unknown> {
  const passage = { mayGoOn: true, wentOut: true, isOut: false, begun: 0 };
  const attempts = defer(() => {
    passage.begun += 1;
    passage.isOut = passage.begun === 1;
    return passage.isOut ? throwError(() => new VodaPayError('VODAPAY_WALLET_UNAVAILABLE')) : waiting;
  });
  return repeatWithinDeadline(
    OPERATIONS.inquiryUserInfo,
    attempts,
    { maxAttempts, timeoutMs, resilience },
    {
      passage,
      retries: new RetryBudget(1),
      monotonicMs: () => 0,
      departure: undefined,
      random: () => 0,
    },
  );
}

describe('What a call came to is what the wallet said', () => {
  it('where its repetition waits for a turn until the deadline', async () => {
    await expect(failedThen(NEVER, 20)).rejects.toMatchObject({ code: 'VODAPAY_WALLET_UNAVAILABLE' });
  });

  it('where its repetition is refused a turn', async () => {
    const refused = throwError(() => new VodaPayError('VODAPAY_CALL_QUEUE_FULL', { neverSent: true }));
    await expect(failedThen(refused, 5_000)).rejects.toMatchObject({ code: 'VODAPAY_WALLET_UNAVAILABLE' });
  });
});
