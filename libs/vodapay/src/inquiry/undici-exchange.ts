import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';
import { VodaPayError } from '../errors/vodapay-error.js';
import { AnswerBytes } from './answer-bytes.js';
import { TransportError } from './transport-error.js';

/** An answer as it came. */
export interface UndiciAnswer {
  readonly status: number;
  readonly statusText: string;
  readonly headers: IncomingHttpHeaders;
  /** As it travelled: packed, if it was. */
  readonly bytes: Buffer;
}

/**
 * One request over undici: collects its answer, and knows how far it came. undici calls `onRequestStart` as the last
 * thing before it writes to a connection that is up (lib/dispatcher/client-h1.js, `writeH1`), so a failure before that
 * call proves that nothing has left; after it, the request may have been read.
 */
export class UndiciExchange implements Dispatcher.DispatchHandler {
  readonly answer: Promise<UndiciAnswer>;
  private controller: Dispatcher.DispatchController | undefined;
  private head: Omit<UndiciAnswer, 'bytes'> | undefined;
  private readonly bytes: AnswerBytes;
  private over = false;
  private resolve!: (answer: UndiciAnswer) => void;
  private reject!: (error: unknown) => void;

  constructor(
    maxBytes: number,
    /** Whether what is written to begins by `onRequestStart`: a network mock fails without it. */
    private readonly beginsAloud: boolean,
  ) {
    this.bytes = new AnswerBytes(maxBytes);
    this.answer = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
  }

  /** Gives up: a connection that carries the request is closed, and one that waits for it will never carry it. */
  fail(error: unknown): void {
    if (this.over) return;
    this.over = true;
    this.reject(error);
    this.controller?.abort(new Error('The exchange was given up.'));
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    // Thrown here, it takes the request out of the queue and leaves the connection to the next one.
    if (this.over) throw new Error('The exchange was given up before it began.');
    // undici repeats what it takes for unsent; an auth code that may have been read must not be.
    if (this.controller !== undefined) throw new Error('The request would be sent a second time.');
    this.controller = controller;
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: IncomingHttpHeaders,
    statusText = '',
  ): void {
    // 102, 103 and the like: the answer is still to come.
    if (status < 200) return;
    this.head = { status, statusText, headers };
    this.failIf(this.bytes.refusalOf(headers['content-length']));
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.failIf(this.bytes.add(chunk));
  }

  onResponseEnd(): void {
    if (this.over || this.head === undefined) return;
    this.over = true;
    this.resolve({ ...this.head, bytes: this.bytes.joined() });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: NodeJS.ErrnoException): void {
    // Once the head was there, whatever ends the exchange has cut the answer.
    this.fail(this.head === undefined ? this.failureOf(error) : new VodaPayError('VODAPAY_RESPONSE_INCOMPLETE'));
  }

  private failureOf(error: NodeJS.ErrnoException): Error {
    const code = codeOf(error);
    if (this.controller !== undefined) return new TransportError(error.message, code, 'sent');
    if (!this.beginsAloud) return error;
    // ProxyAgent's word for a CONNECT that was not answered with 200. We abort nothing by error before it began.
    return new TransportError(error.message, code === 'UND_ERR_ABORTED' ? 'PROXY_REFUSED' : code, 'connecting');
  }

  private failIf(refusal: VodaPayError | undefined): void {
    if (refusal !== undefined) this.fail(refusal);
  }
}

/** The parser's errors lack the code that their class has a place for: undici looks it up by number in a table of names. */
function codeOf({ name, code }: NodeJS.ErrnoException): string | undefined {
  return code ?? (name === 'HTTPParserError' ? 'HPE_ERROR' : undefined);
}
