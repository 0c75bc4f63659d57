import { describe, expect, it } from 'vitest';
import type { VodaPayInquiryService } from '../../libs/vodapay/src/inquiry/vodapay-inquiry.service.js';
import { SessionTokens } from '../../libs/vodapay/src/login/session-tokens.js';
import type { StoredSession } from '../../libs/vodapay/src/session/live-session.js';
import type { SecretBox } from '../../libs/vodapay/src/session/secret-box.js';
import type { VodaPaySessionRepository } from '../../libs/vodapay/src/session/vodapay-session.repository.js';
import type { ResolvedVodaPayOptions } from '../../libs/vodapay/src/vodapay.options.js';

const NOW = 1_763_856_000_000;

describe('The refresh lease of a process that died', () => {
  it('is waited for no longer than a lease is long, though the clock went back by a day meanwhile', async () => {
    const session = { id: 's', tokenVersion: 0, refreshLeaseUntil: NOW + 86_400_000 } as StoredSession;
    const repository = { findById: async () => session } as unknown as VodaPaySessionRepository;
    const options = { timeoutMs: 5_000 } as ResolvedVodaPayOptions;
    const steps = [0, 5_000, 9_999, 10_000];
    const tokens = new SessionTokens(
      {} as VodaPayInquiryService,
      repository,
      {} as SecretBox,
      options,
      () => NOW,
      () => steps.shift() ?? Number.NaN,
    );
    await expect(tokens.refreshedElsewhere(session)).rejects.toMatchObject({
      code: 'VODAPAY_REAUTHENTICATION_REQUIRED',
    });
    expect(steps).toEqual([]);
  });
});
