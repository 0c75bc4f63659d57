import { createSecretKey, randomBytes } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { VodaPayError } from 'nestjs-vodapay';
import { CoordinationScope } from '../../libs/vodapay/src/coordination/coordination-scope.js';
import type { VodaPayInquiryService } from '../../libs/vodapay/src/inquiry/vodapay-inquiry.service.js';
import { SharedInquiry } from '../../libs/vodapay/src/login/shared-inquiry.js';
import type { VodaPayUserInfo } from '../../libs/vodapay/src/protocol/vodapay-user-info.js';
import { AesSecretBox } from '../../libs/vodapay/src/session/aes-secret-box.js';
import { resolvedOptions } from '../inquiry/inquiry-under-test.js';
import { recordSecret } from '../leaks/record-secret.js';
import { MemoryBoard, MemoryCoordination } from './memory-coordination.js';

const KEY = createSecretKey(randomBytes(32));
const TOKEN = recordSecret('access token', randomBytes(20).toString('hex'));
const USER: VodaPayUserInfo = { userId: '2166100000000001', contacts: [], loginIds: [], scopes: [] };

/** A process whose wallet answers as `ask` says. */
function processOn(board: MemoryBoard, ask: () => Promise<VodaPayUserInfo>, timeoutMs = 5_000) {
  const coordination = new MemoryCoordination(board);
  const options = resolvedOptions({ timeoutMs });
  const scope = new CoordinationScope({ ...options, correlationKey: KEY }, new AesSecretBox(new Map([['k', KEY]])));
  const inquiryUserInfo = vi.fn<VodaPayInquiryService['inquiryUserInfo']>(ask);
  const service = { inquiryUserInfo } as unknown as VodaPayInquiryService;
  const shared = new SharedInquiry(service, { coordination, scope }, options, () => performance.now());
  return { coordination, scope, inquiryUserInfo, userOf: () => shared.userOf(TOKEN, {}) };
}

function gate() {
  let answer = (_user: VodaPayUserInfo): void => undefined;
  let refuse = (_error: Error): void => undefined;
  const held = new Promise<VodaPayUserInfo>((resolve, reject) => {
    answer = resolve;
    refuse = reject;
  });
  return { ask: () => held, answer, refuse };
}

const unwanted = (): Promise<never> => Promise.reject(new Error('must not be asked'));

describe('An inquiry that several processes need at once', () => {
  it('is made by one of them, and what is shared of it is sealed', async () => {
    const board = new MemoryBoard();
    const wallet = gate();
    const [one, other] = [processOn(board, wallet.ask), processOn(board, unwanted)];
    const first = one.userOf();
    await expect.poll(() => board.values.size).toBe(1);
    const second = other.userOf();
    wallet.answer(USER);
    expect([await first, await second]).toEqual([USER, USER]);
    const [[key, value] = []] = board.values;
    expect(`${key} ${value}`).not.toMatch(new RegExp(`${TOKEN}|${USER.userId}`));
  });

  it('that the wallet refuses by a signed answer is refused for all with its code', async () => {
    const board = new MemoryBoard();
    const wallet = gate();
    const [one, other] = [processOn(board, wallet.ask), processOn(board, unwanted)];
    const both = [one.userOf(), other.userOf()];
    wallet.refuse(
      new VodaPayError('VODAPAY_ACCESS_TOKEN_INVALID', { verified: true, resultCode: 'INVALID_ACCESS_TOKEN' }),
    );
    for (const outcome of await Promise.allSettled(both)) {
      expect(outcome).toMatchObject({ reason: { code: 'VODAPAY_ACCESS_TOKEN_INVALID', verified: true } });
    }
  });

  it.each([
    ['cannot tell (an unsigned refusal, R9)', new VodaPayError('VODAPAY_ACCESS_TOKEN_INVALID')],
    ['got no answer', new VodaPayError('VODAPAY_UNREACHABLE')],
    ['was left by its own client', new VodaPayError('VODAPAY_REQUEST_ABORTED')],
  ])('is made again by the other when the one that asked %s', async (_title, failure) => {
    const board = new MemoryBoard();
    const wallet = gate();
    const [one, other] = [processOn(board, wallet.ask), processOn(board, async () => USER)];
    const first = one.userOf();
    await expect.poll(() => board.values.size).toBe(1);
    const second = other.userOf();
    wallet.refuse(failure);
    await expect(first).rejects.toBe(failure);
    expect(await second).toEqual(USER);
  });

  it('is made by each where the other is gone, its claim is a forgery, or the coordination fails', async () => {
    const board = new MemoryBoard();
    const other = processOn(board, async () => USER);
    const key = other.scope.keyFor('inquiry', TOKEN);
    for (const poison of [
      '',
      '{"kind":"asking"}',
      await other.scope.seal({ kind: 'user', userInfo: USER }, 'elsewhere'),
    ]) {
      board.values.set(key, poison);
      expect(await other.userOf()).toEqual(USER);
    }
    other.coordination.isDown = true;
    expect(await other.userOf()).toEqual(USER);
    expect(other.inquiryUserInfo).toHaveBeenCalledTimes(4);
  });

  it('is waited for as long as half of the deadline, and then made within the rest of it', async () => {
    const board = new MemoryBoard();
    const other = processOn(board, async () => USER, 400);
    const key = other.scope.keyFor('inquiry', TOKEN);
    board.values.set(key, await other.scope.seal({ kind: 'asking' }, key));
    const startedAt = performance.now();
    expect(await other.userOf()).toEqual(USER);
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(200);
    const [, options] = other.inquiryUserInfo.mock.calls[0] ?? [];
    expect(options?.timeoutMs).toBeLessThanOrEqual(200);
  });
});
