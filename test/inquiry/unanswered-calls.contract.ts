import { describe, expect, it } from 'vitest';
import { freePort } from '../programs/free-port.js';
import type { Signer } from '../../libs/vodapay/src/protocol/signer.js';
import { ACCESS_TOKEN, AUTH_CODE, resolvedOptions } from './inquiry-under-test.js';
import { hangUp, signed, silence, success, tokens } from './scripted-wallet.js';
import { inquiryVia, type TransportUnderTest } from './transport.js';
import { useScriptedWallet } from './use-scripted-wallet.js';

/** How a call ends that gets no answer: nobody there, no time left, nobody who waits for it. */
export function describeUnansweredCalls(transport: TransportUnderTest): void {
  const wallet = useScriptedWallet();

  describe('a wallet that cannot be reached', () => {
    it('refuses connections: nothing was sent, and the error says so', async () => {
      const port = await freePort();
      await expect(
        inquiryVia(transport, { baseUrl: `http://127.0.0.1:${port}` }).applyToken(AUTH_CODE),
      ).rejects.toMatchObject({
        code: 'VODAPAY_UNREACHABLE',
        status: 503,
        neverSent: true,
        cause: { code: 'ECONNREFUSED' },
      });
    });

    it('has no address: nothing was sent', async () => {
      await expect(
        inquiryVia(transport, { baseUrl: 'http://no-such-host.invalid' }).applyToken(AUTH_CODE),
      ).rejects.toMatchObject({
        code: 'VODAPAY_UNREACHABLE',
        neverSent: true,
      });
    });

    it('hangs up after the request: it may have been read', async () => {
      wallet.script(hangUp);
      await expect(inquiryVia(transport, { baseUrl: wallet.baseUrl }).applyToken(AUTH_CODE)).rejects.toMatchObject({
        code: 'VODAPAY_UNREACHABLE',
        neverSent: false,
      });
    });
  });

  describe('the deadline', () => {
    it('ends a silent wallet with 504 and closes the connection', async () => {
      wallet.script(silence);
      const startedAt = performance.now();
      await expect(
        inquiryVia(transport, { baseUrl: wallet.baseUrl, timeoutMs: 150 }).inquiryUserInfo(ACCESS_TOKEN),
      ).rejects.toMatchObject({
        code: 'VODAPAY_DEADLINE_EXCEEDED',
        status: 504,
        message: expect.stringContaining('150 ms'),
      });
      expect(performance.now() - startedAt).toBeLessThan(1_000);
      expect(wallet.calls).toHaveLength(1);
    });

    it('holds for an answer that drips', async () => {
      wallet.script((_call, response) => {
        response.writeHead(200);
        const drip = setInterval(() => response.write(' '), 20);
        response.on('close', () => clearInterval(drip));
      });
      await expect(
        inquiryVia(transport, { baseUrl: wallet.baseUrl, timeoutMs: 150 }).inquiryUserInfo(ACCESS_TOKEN),
      ).rejects.toMatchObject({
        code: 'VODAPAY_DEADLINE_EXCEEDED',
      });
    });

    it('covers all attempts together, and the last failure is told when no other attempt fits in', async () => {
      wallet.script(
        signed(
          { result: { resultCode: 'REQUEST_TRAFFIC_EXCEED_LIMIT', resultStatus: 'U' } },
          { headers: { 'Retry-After': '2' } },
        ),
      );
      const startedAt = performance.now();
      await expect(
        inquiryVia(transport, { baseUrl: wallet.baseUrl, timeoutMs: 1_000 }).inquiryUserInfo(ACCESS_TOKEN),
      ).rejects.toMatchObject({
        code: 'VODAPAY_TRAFFIC_LIMITED',
        retryAfterMs: 2_000,
        verified: true,
      });
      expect(performance.now() - startedAt).toBeLessThan(900);
      expect(wallet.calls).toHaveLength(1);
    });
  });

  describe("the caller's signal", () => {
    it('cancels a call in flight and its connection', async () => {
      const controller = new AbortController();
      const closed = new Promise<void>((resolve) => {
        wallet.script((_call, response) => {
          response.on('close', resolve);
          controller.abort();
        });
      });
      await expect(
        inquiryVia(transport, { baseUrl: wallet.baseUrl }).inquiryUserInfo(ACCESS_TOKEN, { signal: controller.signal }),
      ).rejects.toMatchObject({ code: 'VODAPAY_REQUEST_ABORTED' });
      await closed;
      expect(wallet.calls).toHaveLength(1);
    });

    it('that was given before sends nothing', async () => {
      wallet.script(success);
      const call = inquiryVia(transport, { baseUrl: wallet.baseUrl }).applyToken(AUTH_CODE, {
        signal: AbortSignal.abort(),
      });
      await expect(call).rejects.toMatchObject({ code: 'VODAPAY_REQUEST_ABORTED' });
      expect(wallet.calls).toHaveLength(0);
    });

    it('that comes while the request is being signed sends nothing', async () => {
      wallet.script(tokens);
      const controller = new AbortController();
      const { signer } = resolvedOptions();
      const leaving: Signer = {
        sign: (content) => {
          controller.abort();
          return signer.sign(content);
        },
      };
      const inquiry = inquiryVia(transport, { baseUrl: wallet.baseUrl, signer: leaving });
      const { signal } = controller;
      await expect(inquiry.applyToken(AUTH_CODE, { signal })).rejects.toMatchObject({
        code: 'VODAPAY_REQUEST_ABORTED',
      });
      await inquiryVia(transport, { baseUrl: wallet.baseUrl }).applyToken(AUTH_CODE);
      expect(wallet.calls).toHaveLength(1);
    });

    it('ends the wait for the next attempt', async () => {
      const controller = new AbortController();
      wallet.script((call, response) => {
        signed(
          { result: { resultCode: 'REQUEST_TRAFFIC_EXCEED_LIMIT', resultStatus: 'U' } },
          { headers: { 'Retry-After': '2' } },
        )(call, response);
        response.on('close', () => setImmediate(() => controller.abort()));
      });
      await expect(
        inquiryVia(transport, { baseUrl: wallet.baseUrl }).inquiryUserInfo(ACCESS_TOKEN, { signal: controller.signal }),
      ).rejects.toMatchObject({ code: 'VODAPAY_REQUEST_ABORTED' });
      expect(wallet.calls).toHaveLength(1);
    });
  });
}
