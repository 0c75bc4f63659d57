import { describe, expect, it } from 'vitest';
import { VodaPayError } from '../../libs/vodapay/src/errors/vodapay-error.js';
import { DEFAULTS } from '../../libs/vodapay/src/vodapay.options.js';
import { hangUp, signed, tokens, type Reply } from './scripted-wallet.js';
import { inquiryVia, type TransportUnderTest } from './transport.js';
import { useScriptedWallet } from './use-scripted-wallet.js';

const thenEnd =
  (end: (socket: NonNullable<Parameters<Reply>[1]['socket']>) => void): Reply =>
  (call, response) => {
    const { socket } = response;
    response.on('finish', () => socket !== null && end(socket));
    tokens(call, response);
  };

/** What becomes of a connection that has brought a code: mostly it goes on, or goes while the next one is on its way. */
const FATES: readonly Reply[] = [
  tokens,
  thenEnd((socket) => void socket.end()),
  hangUp,
  tokens,
  thenEnd((socket) => void setImmediate(() => socket.resetAndDestroy())),
  (_call, response) => void response.socket?.resetAndDestroy(),
  thenEnd((socket) => void setTimeout(() => socket.destroy(), 1)),
  (_call, response) => void response.socket?.end('HTTP/1.1 200 OK\r\nCont'),
  signed({}, { headers: { Connection: 'close' } }),
  tokens,
  thenEnd((socket) => void socket.resetAndDestroy()),
];

/** The invariant of the whole transport, over many connections that end at every point. */
export function describeOneTimeCodes(transport: TransportUnderTest): void {
  describe('an auth code over connections that end at any time', () => {
    const wallet = useScriptedWallet();

    it('arrives once at most, and never if the error says that it was not sent', async () => {
      let fate = 0;
      wallet.script((call, response) => FATES[(fate += 1) % FATES.length]?.(call, response));
      const resilience = { ...DEFAULTS.resilience, circuitMinimumCalls: 10_000, retryBudget: 10_000, retryBaseMs: 1 };
      const inquiry = inquiryVia(transport, { baseUrl: wallet.baseUrl, resilience }, { maxSockets: 4 });
      const outcomes = new Map<string, 'answered' | 'may have arrived' | 'never sent'>();
      const signIn = async (authCode: string): Promise<void> => {
        try {
          await inquiry.applyToken(authCode);
          outcomes.set(authCode, 'answered');
        } catch (error) {
          const neverSent = error instanceof VodaPayError && error.neverSent;
          outcomes.set(authCode, neverSent ? 'never sent' : 'may have arrived');
        }
      };
      const oneAfterAnother = async (user: number): Promise<void> => {
        for (let login = 0; login < 40; login += 1)
          await signIn(`0000000001CODE${user}${String(login).padStart(25, '0')}`);
      };
      await Promise.all(Array.from({ length: 8 }, (_, user) => oneAfterAnother(user)));

      const arrived = wallet.calls.map(({ body }) => (JSON.parse(body) as { readonly authCode: string }).authCode);
      expect(outcomes.size).toBe(320);
      expect(arrived.filter((code, index) => arrived.indexOf(code) !== index)).toEqual([]);
      expect(arrived.filter((code) => outcomes.get(code) === 'never sent')).toEqual([]);
      const answered = [...outcomes].filter(([, outcome]) => outcome === 'answered').map(([code]) => code);
      expect(answered.length).toBeGreaterThan(100);
      expect(answered.filter((code) => !arrived.includes(code))).toEqual([]);
    });
  });
}
