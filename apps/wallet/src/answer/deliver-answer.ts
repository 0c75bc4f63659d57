import type { ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { OutgoingAnswer } from './outgoing-answer.js';

export interface DeliverySettings {
  readonly slowMs: number;
  /** Fires when the wallet stops: whoever waits is let go. */
  readonly stopping: AbortSignal;
}

const TRICKLE_DROPS = 40;

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
    case 'trickle':
      return trickle(response, answer, slowMs, stopping);
    case 'hang':
      return hang(response, stopping);
    case 'cut':
      return sendHalf(response, answer);
    case 'reset':
      response.socket?.resetAndDestroy();
      return undefined;
  }
}

/** As a text of single bytes, which Node sends in one piece with the headers: the same bytes, and one write less. */
function sendWhole(response: ServerResponse, { status, headers, body }: OutgoingAnswer): void {
  response.writeHead(status, { ...headers, 'content-length': body.length }).end(body.toString('latin1'), 'latin1');
}

function sendHalf(response: ServerResponse, { status, headers, body }: OutgoingAnswer): void {
  response.writeHead(status, { ...headers, 'content-length': body.length });
  response.write(body.subarray(0, Math.floor(body.length / 2)), () => response.destroy());
}

/** The headers at once, then the body a few bytes at a time: each wait is short, all together take `slowMs`. */
async function trickle(
  response: ServerResponse,
  { status, headers, body }: OutgoingAnswer,
  slowMs: number,
  stopping: AbortSignal,
): Promise<void> {
  response.writeHead(status, { ...headers, 'content-length': body.length });
  const dropBytes = Math.ceil(body.length / TRICKLE_DROPS);
  for (let start = 0; start < body.length; start += dropBytes) {
    response.write(body.subarray(start, start + dropBytes));
    if (!(await isStillWanted(response, slowMs / TRICKLE_DROPS, stopping))) return;
  }
  response.end();
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
  const leave = (): void => gone.abort();
  response.once('close', leave);
  try {
    await delay(slowMs, undefined, { signal: AbortSignal.any([gone.signal, stopping]) });
    return true;
  } catch {
    response.destroy();
    return false;
  } finally {
    response.removeListener('close', leave);
  }
}
