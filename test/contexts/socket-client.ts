import { io, type Socket } from 'socket.io-client';
import { WebSocket } from 'ws';
import { verdict } from './verdict.js';

export interface OpenSocket {
  ask(event: string, data: unknown): Promise<unknown>;
  close(): void;
  /** The code of the refusal that it was closed with. */
  readonly closed: Promise<unknown>;
}

export async function openWs(url: string, bearer: string | undefined): Promise<OpenSocket> {
  const headers = bearer === undefined ? {} : { authorization: `Bearer ${bearer}` };
  const socket = new WebSocket(url.replace('http', 'ws'), { headers });
  const closed = new Promise((resolve) => socket.once('close', (_status, reason) => resolve(reason.toString())));
  await new Promise((resolve) => socket.once('open', resolve));
  return {
    ask: (event, data) =>
      new Promise((resolve) => {
        socket.once('message', (answer: Buffer) =>
          resolve(verdict((JSON.parse(answer.toString()) as { data: unknown }).data)),
        );
        socket.send(JSON.stringify({ event, data }));
      }),
    close: () => socket.close(),
    closed,
  };
}

export async function openSocketIo(url: string, bearer: string | undefined): Promise<OpenSocket> {
  const auth = bearer === undefined ? {} : { token: bearer };
  const socket: Socket = io(url, { auth, transports: ['websocket'], forceNew: true, reconnection: false });
  let last: unknown;
  socket.on('exception', (refusal) => (last = refusal));
  const closed = new Promise((resolve) =>
    socket.once('disconnect', () => resolve((last as { readonly code?: unknown } | undefined)?.code)),
  );
  await new Promise((resolve) => socket.once('connect', () => resolve(undefined)));
  return {
    ask: (event, data) =>
      new Promise((resolve) => {
        const answered = (answer: unknown): void => {
          socket.off('answer', answered).off('exception', answered);
          resolve(verdict(answer));
        };
        socket.on('answer', answered).on('exception', answered);
        if (data === undefined) socket.emit(event);
        else socket.emit(event, data);
      }),
    close: () => socket.close(),
    closed,
  };
}
