import type { Bridge, CodeAnswer } from './bridge.js';
import type { Channel } from './channel.js';

/** A customer may read the consent sheet for a while. */
const PATIENCE_MS = 300_000;

/**
 * Asks over a channel: `{ vodapay: 'getAuthCode', id, scopes }` out, `{ vodapay: 'authCode', id, authCode }` or
 * `{ vodapay: 'authCode', id, error }` in, where the error `cancelled` is the customer's own choice.
 */
export function channelBridge(channel: Channel, newId: () => string): Bridge {
  return {
    getAuthCode: (scopes) =>
      new Promise((resolve) => {
        const id = newId();
        const end = (answer: CodeAnswer): void => {
          clearTimeout(patience);
          stopListening();
          resolve(answer);
        };
        const patience = setTimeout(() => end({ kind: 'failed' }), PATIENCE_MS);
        const stopListening = channel.listen((message) => {
          const answer = readAnswer(message, id);
          if (answer !== undefined) end(answer);
        });
        channel.send({ vodapay: 'getAuthCode', id, scopes });
      }),
  };
}

/** Undefined when the message is about something else. */
function readAnswer(message: unknown, id: string): CodeAnswer | undefined {
  if (typeof message !== 'object' || message === null) return undefined;
  const { vodapay, id: about, authCode, error } = message as Readonly<Record<string, unknown>>;
  if (vodapay !== 'authCode' || about !== id) return undefined;
  if (typeof authCode === 'string' && authCode !== '') return { kind: 'code', authCode };
  return { kind: error === 'cancelled' ? 'cancelled' : 'failed' };
}
