import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Wallet } from '../wallet.js';

const KEEP_ALIVE_MS = 15_000;

export type EventSources = Pick<Wallet, 'calls' | 'codes' | 'users' | 'faults'>;

/**
 * `GET /events`, server-sent: each new call as `call`, each code given out as `code`; `users` and `faults` say only that
 * there is something new to read.
 */
export function streamEvents(
  request: IncomingMessage,
  response: ServerResponse,
  { calls, codes, users, faults }: EventSources,
  stopping: AbortSignal,
): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  response.write(': listening\n\n');
  const send = (name: string, data: object, id?: number): void => {
    const numbered = id === undefined ? '' : `id: ${id}\n`;
    response.write(`event: ${name}\n${numbered}data: ${JSON.stringify(data)}\n\n`);
  };
  const unlisten = [
    calls.listen((call) => send('call', call, call.id)),
    codes.listen((code) => send('code', code)),
    users.changed.listen(() => send('users', {})),
    faults.changed.listen(() => send('faults', {})),
  ];
  const keepAlive = setInterval(() => response.write(': still here\n\n'), KEEP_ALIVE_MS).unref();
  const end = (): void => void response.end();
  stopping.addEventListener('abort', end, { once: true });
  request.once('close', () => {
    clearInterval(keepAlive);
    for (const stop of unlisten) stop();
    stopping.removeEventListener('abort', end);
  });
}
