import type { ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { OutgoingAnswer } from './outgoing-answer.js';

export interface DeliverySettings {
  readonly slowMs: number;
  /** Fires when the wallet stops: whoever waits is let go. */
  readonly stopping: AbortSignal;
}

export async function deliverAnswer(
  response: ServerResponse,
  answer: OutgoingAnswer,
  { slowMs, stopping }: DeliverySettings,
): Promise<void> {
  switch (answer.delivery) {
    case 'whole':
      return sendWhole(response, answer);
    case 'slow':
      if (await isStillWanted(response, slowMs, stopping)) sendWhole(response, answer);
      return undefined;
    case 'hang':
      return hang(response, stopping);
    case 'cut':
      return sendHalf(response, answer);
    case 'reset':
      response.socket?.resetAndDestroy();
      return undefined;
  }
}

function sendWhole(response: ServerResponse, { status, headers, body }: OutgoingAnswer): void {
  response.writeHead(status, { ...headers, 'content-length': body.length }).end(body);
}

function sendHalf(response: ServerResponse, { status, headers, body }: OutgoingAnswer): void {
  response.writeHead(status, { ...headers, 'content-length': body.length });
  response.write(body.subarray(0, Math.floor(body.length / 2)), () => response.destroy());
}

function hang(response: ServerResponse, stopping: AbortSignal): void {
  const letGo = (): void => void response.destroy();
  stopping.addEventListener('abort', letGo, { once: true });
  response.once('close', () => stopping.removeEventListener('abort', letGo));
  if (stopping.aborted) letGo();
}

/** False when the client went away, or the wallet stopped, before the time was over. */
async function isStillWanted(response: ServerResponse, slowMs: number, stopping: AbortSignal): Promise<boolean> {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  try {
    await delay(slowMs, undefined, { signal: AbortSignal.any([gone.signal, stopping]) });
    return true;
  } catch {
    response.destroy();
    return false;
  }
}
