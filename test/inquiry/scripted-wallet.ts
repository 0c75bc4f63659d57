import { createSign, createVerify, generateKeyPairSync, type KeyObject } from 'node:crypto';
import http, { type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { listenOnLoopback } from '../programs/listen-on-loopback.js';

/** One request as the wallet got it. */
export interface ReceivedCall {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  /** Whether its signature holds, checked with node:crypto alone. */
  readonly verified: boolean;
}

export type Reply = (call: ReceivedCall, response: ServerResponse) => void;

export const merchantKeys = generateKeyPairSync('rsa', { modulusLength: 2048 });
export const walletKeys = generateKeyPairSync('rsa', { modulusLength: 2048 });

/** A wallet on a real port that answers by script, the last reply repeated. It shares no code with the library. */
export class ScriptedWallet {
  readonly calls: ReceivedCall[] = [];
  readonly connections = new Set<Socket>();
  connectionsEver = 0;
  mostConnections = 0;
  resumedSessions = 0;
  private replies: readonly Reply[] = [];
  private port = 0;
  private readonly server: Server;

  constructor(tls?: https.ServerOptions) {
    const listener = (request: IncomingMessage, response: ServerResponse): void => void this.serve(request, response);
    this.server = tls === undefined ? http.createServer(listener) : https.createServer(tls, listener);
    this.server.on('connection', (socket: Socket) => {
      this.connectionsEver += 1;
      this.connections.add(socket);
      this.mostConnections = Math.max(this.mostConnections, this.connections.size);
      socket.on('close', () => this.connections.delete(socket));
    });
    this.server.on('secureConnection', (socket: TLSSocket) => {
      if (socket.isSessionReused()) this.resumedSessions += 1;
    });
  }

  async listen(): Promise<number> {
    this.port = await listenOnLoopback(this.server);
    return this.port;
  }

  /** Its address while it listens, of one without TLS. */
  get baseUrl(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  script(...replies: Reply[]): void {
    this.replies = replies;
    this.calls.length = 0;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    const { url: path = '', headers } = request;
    const call = { path, headers, body, verified: verifies(path, headers, body, merchantKeys.publicKey) };
    this.calls.push(call);
    const reply = this.replies[Math.min(this.calls.length, this.replies.length) - 1];
    reply?.(call, response);
  }
}

function verifies(path: string, headers: IncomingMessage['headers'], body: string, key: KeyObject): boolean {
  const match = /^algorithm=RSA256, keyVersion=1, signature=([A-Za-z0-9+/]+={0,2})$/.exec(String(headers['signature']));
  const text = `POST ${path}\n${String(headers['client-id'])}.${String(headers['request-time'])}.${body}`;
  return match?.[1] !== undefined && createVerify('RSA-SHA256').update(text).verify(key, match[1], 'base64');
}

interface Dressing {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** What travels in place of the signed text's own bytes. */
  readonly encode?: (text: string) => Buffer;
}

/** A signed answer with this JSON. */
export function signed(content: object, { status = 200, headers = {}, encode = Buffer.from }: Dressing = {}): Reply {
  return (call, response) => {
    const text = JSON.stringify(content);
    const bytes = encode(text);
    response.writeHead(status, {
      'Content-Type': 'application/json',
      'Content-Length': bytes.byteLength,
      ...signatureHeaders(call, text),
      ...headers,
    });
    response.end(bytes);
  };
}

export function signatureHeaders(call: ReceivedCall, text: string): Record<string, string> {
  const clientId = String(call.headers['client-id']);
  const time = new Date().toISOString();
  const value = createSign('RSA-SHA256')
    .update(`POST ${call.path}\n${clientId}.${time}.${text}`)
    .sign(walletKeys.privateKey, 'base64');
  return {
    'Client-Id': clientId,
    'Response-Time': time,
    Signature: `algorithm=RSA256, keyVersion=1, signature=${value}`,
  };
}

export const USER_ID = '216610000000000000001';

export const S = { resultCode: 'SUCCESS', resultStatus: 'S', resultMessage: 'success' };

export const success = signed({ result: S, userInfo: { userId: USER_ID } });

export const tokens = signed({
  result: S,
  accessToken: '0000000002ACCESSTOKENFROMWALLET000000001',
  refreshToken: '0000000003REFRESHTOKENFROMWALLET00000001',
  accessTokenExpiryTime: '2031-10-09T16:27:39+02:00',
});

/** What succeeds, whatever is asked. */
export const answering: Reply = (call, response) =>
  (call.path.endsWith('applyToken') ? tokens : success)(call, response);

export const refusal = (resultCode: string, resultStatus: 'F' | 'U'): Reply =>
  signed({ result: { resultCode, resultStatus } });

/** No answer, ever. */
export const silence: Reply = () => undefined;

export const hangUp: Reply = (_call, response) => response.destroy();
