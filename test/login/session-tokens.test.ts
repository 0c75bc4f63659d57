import { describe, expect, it } from 'vitest';
import type { VodaPayInquiryService } from '../../libs/vodapay/src/inquiry/vodapay-inquiry.service.js';
import { SessionTokens } from '../../libs/vodapay/src/login/session-tokens.js';
import type { StoredSession } from '../../libs/vodapay/src/session/live-session.js';
import type { SecretBox } from '../../libs/vodapay/src/session/secret-box.js';
import type { VodaPaySessionRepository } from '../../libs/vodapay/src/session/vodapay-session.repository.js';
import type { ResolvedVodaPayOptions } from '../../libs/vodapay/src/vodapay.options.js';

const NOW = 1_763_856_000_000;

describe('A refresh under way in another process', () => {
  it('is waited for, though the clock here is nearly a minute ahead and its lease looks over', async () => {
    const running = { id: 's', tokenVersion: 0, refreshLeaseUntil: NOW - 50_000 } as StoredSession;
    const refreshed = { id: 's', tokenVersion: 1, refreshLeaseUntil: null, accessToken: 'sealed' } as StoredSession;
    const reads = [running, running, refreshed];
    const repository = { findById: async () => reads.shift() } as unknown as VodaPaySessionRepository;
    const box = { open: async () => 'new-access-token' } as unknown as SecretBox;
    const options = { timeoutMs: 5_000 } as ResolvedVodaPayOptions;
    const tokens = new SessionTokens(
      {} as VodaPayInquiryService,
      repository,
      box,
      options,
      () => NOW,
      () => 0,
    );
    expect(await tokens.refreshedElsewhere(running)).toBe('new-access-token');
  });
});

describe('The refresh lease of a process that died', () => {
  it('is waited for no longer than a lease is long, though the clock went back by a day meanwhile', async () => {
    const session = { id: 's', tokenVersion: 0, refreshLeaseUntil: NOW + 86_400_000 } as StoredSession;
    const lost: unknown[] = [];
    const loseRefresh = async (...lease: readonly unknown[]) => void lost.push(lease);
    const repository = { findById: async () => session, loseRefresh } as unknown as VodaPaySessionRepository;
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
    // So that nobody waits after this.
    expect(lost).toEqual([['s', 0, NOW + 86_400_000]]);
  });
});
