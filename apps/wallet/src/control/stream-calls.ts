import type { IncomingMessage, ServerResponse } from 'node:http';
import type { CallLog } from '../calls/call-log.js';

const KEEP_ALIVE_MS = 15_000;

/** `GET /events`: each new call as a server-sent event named `call`. */
export function streamCalls(
  request: IncomingMessage,
  response: ServerResponse,
  calls: CallLog,
  stopping: AbortSignal,
): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  response.write(': listening\n\n');
  const unlisten = calls.listen((call) => {
    response.write(`event: call\nid: ${call.id}\ndata: ${JSON.stringify(call)}\n\n`);
  });
  const keepAlive = setInterval(() => response.write(': still here\n\n'), KEEP_ALIVE_MS).unref();
  const end = (): void => void response.end();
  stopping.addEventListener('abort', end, { once: true });
  request.once('close', () => {
    clearInterval(keepAlive);
    unlisten();
    stopping.removeEventListener('abort', end);
  });
}
