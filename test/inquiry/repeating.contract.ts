import { afterEach, describe, expect, it, vi } from 'vitest';
import { HttpService } from '@nestjs/axios';
import type { AxiosAdapter } from 'axios';
import { ACCESS_TOKEN, AUTH_CODE, inquiryOver, REFRESH_TOKEN, resolvedOptions } from './inquiry-under-test.js';
import { hangUp, refusal, ScriptedWallet, success, tokens, USER_ID, type Reply } from './scripted-wallet.js';
import { clientVia, inquiryVia, type TransportUnderTest } from './transport.js';
import { useScriptedWallet } from './use-scripted-wallet.js';

/** What is asked again, and what never is. */
export function describeRepeating(transport: TransportUnderTest): void {
  const wallet = useScriptedWallet();
  afterEach(() => void vi.restoreAllMocks());

  const serverError: Reply = (_call, response) => void response.writeHead(502).end();
  const throttled: Reply = (_call, response) => void response.writeHead(429).end();

  describe('an inquiry is asked again', () => {
    it('after U, each time with its own time and a signature over it', async () => {
      let clock = Date.now();
      wallet.script(refusal('UNKNOWN_EXCEPTION', 'U'), refusal('UNKNOWN_EXCEPTION', 'U'), success);
      const inquiry = inquiryVia(transport, { baseUrl: wallet.baseUrl }, {}, () => (clock += 1));
      await expect(inquiry.inquiryUserInfo(ACCESS_TOKEN)).resolves.toMatchObject({ userId: USER_ID });
      expect(wallet.calls).toHaveLength(3);
      expect(wallet.calls.every((call) => call.verified)).toBe(true);
      expect(new Set(wallet.calls.map((call) => call.headers['request-time'])).size).toBe(3);
      expect(new Set(wallet.calls.map((call) => call.headers['signature'])).size).toBe(3);
      expect(new Set(wallet.calls.map((call) => call.body)).size).toBe(1);
    });

    it.each([
      ['a lost connection', hangUp],
      ['a server error', serverError],
      ['a throttled call', throttled],
      ['the traffic limit as a result', refusal('REQUEST_TRAFFIC_EXCEED_LIMIT', 'U')],
    ])('after %s', async (_title, reply) => {
      vi.spyOn(Math, 'random').mockReturnValue(0);
      wallet.script(reply, success);
      await expect(
        inquiryVia(transport, { baseUrl: wallet.baseUrl }).inquiryUserInfo(ACCESS_TOKEN),
      ).resolves.toMatchObject({
        userId: USER_ID,
      });
      expect(wallet.calls).toHaveLength(2);
    });

    it('as often as maxAttempts says, and no more', async () => {
      wallet.script(serverError);
      const attempts = async (maxAttempts: number): Promise<number> => {
        wallet.calls.length = 0;
        await inquiryVia(transport, { baseUrl: wallet.baseUrl, maxAttempts })
          .inquiryUserInfo(ACCESS_TOKEN)
          .catch(() => undefined);
        return wallet.calls.length;
      };
      expect(await attempts(1)).toBe(1);
      expect(await attempts(2)).toBe(2);
      expect(await attempts(4)).toBe(4);
    });
  });

  describe('a call that uses something up', () => {
    const calls = [
      ['an auth code', (url: string) => inquiryVia(transport, { baseUrl: url }).applyToken(AUTH_CODE)],
      ['a refresh token', (url: string) => inquiryVia(transport, { baseUrl: url }).refreshToken(REFRESH_TOKEN)],
    ] as const;
    const failures = [
      ['U', refusal('UNKNOWN_EXCEPTION', 'U')],
      ['the traffic limit', refusal('REQUEST_TRAFFIC_EXCEED_LIMIT', 'U')],
      ['a server error', serverError],
      ['a lost connection', hangUp],
    ] as const;

    it.each(calls.flatMap(([what, call]) => failures.map(([after, reply]) => ({ what, call, after, reply }))))(
      '($what) is never sent twice, here after $after',
      async ({ call, reply }) => {
        wallet.script(reply, tokens);
        await expect(call(wallet.baseUrl)).rejects.toMatchObject({ retryable: true, neverSent: false });
        expect(wallet.calls).toHaveLength(1);
      },
    );

    it('is tried again while nothing of it has left', async () => {
      const closed = new ScriptedWallet();
      const closedUrl = `http://127.0.0.1:${await closed.listen()}`;
      await closed.close();
      const options = resolvedOptions({ baseUrl: closedUrl });
      const client = clientVia(transport, options);
      let tries = 0;
      const own = client.defaults.adapter as AxiosAdapter;
      client.defaults.adapter = (config) => {
        tries += 1;
        return own(config);
      };
      await expect(inquiryOver(options, Date.now, new HttpService(client)).applyToken(AUTH_CODE)).rejects.toMatchObject(
        {
          code: 'VODAPAY_UNREACHABLE',
          neverSent: true,
        },
      );
      expect(tries).toBe(3);
    });

    it('is not sent again when a connection that was kept is closed by it', async () => {
      const inquiry = inquiryVia(transport, { baseUrl: wallet.baseUrl });
      wallet.connectionsEver = 0;
      wallet.script(success, hangUp, tokens);
      await inquiry.inquiryUserInfo(ACCESS_TOKEN);
      await expect(inquiry.applyToken(AUTH_CODE)).rejects.toMatchObject({
        code: 'VODAPAY_UNREACHABLE',
        neverSent: false,
      });
      expect(wallet.calls).toHaveLength(2);
      expect(wallet.connectionsEver).toBe(1);
    });
  });
}
