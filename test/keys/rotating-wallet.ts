import { createSign, createVerify, type KeyObject } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { listenOnLoopback } from '../programs/listen-on-loopback.js';

export interface WalletKey {
  readonly version: number;
  readonly key: KeyObject;
}

/** A wallet that checks requests by key version and signs with one of its own. It shares no code with the library. */
export class RotatingWallet {
  calls = 0;
  /** The merchant's public keys that are registered, by version. */
  readonly merchantKeys = new Map<number, KeyObject>();
  private readonly server: Server;

  constructor(public signingKey: WalletKey) {
    this.server = createServer((request, response) => void this.serve(request, response));
  }

  async listen(): Promise<string> {
    return `http://127.0.0.1:${await listenOnLoopback(this.server)}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    this.calls += 1;
    const body = Buffer.concat(chunks).toString();
    const accepted = this.isSigned(request, body);
    const result = accepted
      ? { resultCode: 'SUCCESS', resultStatus: 'S' }
      : { resultCode: 'INVALID_SIGNATURE', resultStatus: 'F' };
    const text = JSON.stringify({ result, ...(accepted && { userInfo: { userId: '216610000000000000001' } }) });
    const clientId = String(request.headers['client-id']);
    const time = new Date().toISOString();
    const { version, key } = this.signingKey;
    const signature = createSign('RSA-SHA256')
      .update(`POST ${request.url}\n${clientId}.${time}.${text}`)
      .sign(key, 'base64');
    response.writeHead(200, {
      'Content-Type': 'application/json',
      'Client-Id': clientId,
      'Response-Time': time,
      Signature: `algorithm=RSA256, keyVersion=${version}, signature=${signature}`,
    });
    response.end(text);
  }

  private isSigned({ url, headers }: IncomingMessage, body: string): boolean {
    const [, version = '', value = ''] =
      /^algorithm=RSA256, keyVersion=(\d+), signature=(\S+)$/.exec(String(headers['signature'])) ?? [];
    const key = this.merchantKeys.get(Number(version));
    const text = `POST ${url}\n${String(headers['client-id'])}.${String(headers['request-time'])}.${body}`;
    return key !== undefined && createVerify('RSA-SHA256').update(text).verify(key, value, 'base64');
  }
}
