// The load for bench/wallet.ts, a process of its own so that its CPU is not counted as the wallet's.
// It is told the requests once, so that what telling them costs is in no round; then each number of answers makes a round.
// One request per socket at a time; each is the bytes it was given, so the sender has next to nothing to do.
import { connect, type Socket } from 'node:net';

interface Load {
  readonly port: number;
  readonly sockets: number;
  /** Whole requests, signed before. */
  readonly requests: readonly string[];
}

const END_OF_HEADERS = Buffer.from('\r\n\r\n');

process.once('message', (load: Load) => {
  process.on('message', (answers: number) => void run(load, answers));
  process.send?.('ready');
});

async function run(load: Load, answers: number): Promise<void> {
  process.send?.({ failures: await send(load, answers) });
}

async function send({ port, sockets, requests }: Load, answers: number): Promise<number> {
  let sent = 0;
  let failures = 0;
  const next = (): string | undefined => (sent < answers ? requests[sent++ % requests.length] : undefined);
  const judge = (answer: string): void => {
    if (!answer.includes('"resultStatus":"S"')) failures += 1;
  };
  await Promise.all(Array.from({ length: sockets }, () => drive(connect(port, '127.0.0.1'), next, judge)));
  return failures;
}

function drive(socket: Socket, next: () => string | undefined, judge: (answer: string) => void): Promise<void> {
  socket.setNoDelay(true);
  let received = Buffer.alloc(0);
  return new Promise((resolve, reject) => {
    const ask = (): void => {
      const request = next();
      if (request === undefined) socket.end(resolve);
      else socket.write(request);
    };
    socket.once('error', reject);
    socket.once('connect', ask);
    socket.on('data', (chunk) => {
      received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
      const length = wholeLength(received);
      if (length === undefined || received.length < length) return;
      judge(received.toString('latin1', 0, length));
      received = received.subarray(length);
      ask();
    });
  });
}

function wholeLength(received: Buffer): number | undefined {
  const end = received.indexOf(END_OF_HEADERS);
  if (end < 0) return undefined;
  const bodyLength = /\r\ncontent-length: (\d+)/i.exec(received.toString('latin1', 0, end))?.[1];
  return bodyLength === undefined ? undefined : end + END_OF_HEADERS.length + Number(bodyLength);
}
