import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { readBody } from '../answer/read-body.js';
import { publicPem } from '../protocol/parse-key.js';
import type { Wallet } from '../wallet.js';
import { ControlError } from './control-error.js';
import { CONTROL_ROUTES, type ControlSettings } from './control-routes.js';
import { isOwnRequest } from './is-own-request.js';
import { readPageFile } from './page-files.js';
import { readFields } from './read-fields.js';
import { refuseUnknownFields } from './refuse-unknown-fields.js';
import { streamEvents } from './stream-events.js';

const MAX_BODY_BYTES = 16 * 1024;

/** What listens on the control port: JSON routes, the stream of calls, the page. */
export function controlListener(wallet: Wallet, settings: ControlSettings, stopping: AbortSignal): RequestListener {
  return (request, response) => {
    handle(request, response, wallet, settings, stopping).catch((error: unknown) => {
      const known = error instanceof ControlError;
      const message = known ? error.message : 'The control port failed. See the wallet for the cause.';
      if (!known) console.error(error);
      sendJson(response, known ? error.status : 500, { message });
    });
  };
}

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  wallet: Wallet,
  settings: ControlSettings,
  stopping: AbortSignal,
): Promise<void> {
  const { host, origin } = request.headers;
  if (!isOwnRequest({ host, origin }, request.socket.localPort ?? 0)) {
    throw new ControlError(
      403,
      'The control port answers only to a loopback name with its own port as Host, and to no Origin but its own.',
    );
  }
  const [path = '', ...query] = (request.url ?? '').split('?');
  if (request.method === 'GET' && path === '/events') return streamEvents(request, response, wallet, stopping);
  if (request.method === 'GET' && path === '/public-key') return sendPublicKey(response, wallet);
  const route = Object.hasOwn(CONTROL_ROUTES, `${request.method} ${path}`)
    ? CONTROL_ROUTES[`${request.method} ${path}`]
    : undefined;
  if (route === undefined) return sendPage(request, response, path, settings);
  const body = await readBody(request, MAX_BODY_BYTES);
  if (body === undefined) throw new ControlError(413, `The body has more than ${MAX_BODY_BYTES} bytes.`);
  const fields = readFields(body, new URLSearchParams(query.join('?')));
  refuseUnknownFields(`${request.method} ${path}`, fields);
  const reply = route(fields, wallet, settings);
  return reply === undefined ? void response.writeHead(204).end() : sendJson(response, 200, reply);
}

/** As a file that `VODAPAY_PUBLIC_KEY_FILE` can name: `curl …/public-key > vodapay-public-key.pem` */
function sendPublicKey(response: ServerResponse, { checks }: Wallet): void {
  response.writeHead(200, { 'content-type': 'application/x-pem-file', 'cache-control': 'no-store' });
  response.end(publicPem(checks.walletPublicKey));
}

async function sendPage(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  { miniProgramUrl }: ControlSettings,
): Promise<void> {
  // HEAD is how tools that wait for a server ask.
  const asksForFile = request.method === 'GET' || request.method === 'HEAD';
  const file = asksForFile ? await readPageFile(path) : undefined;
  if (file === undefined) {
    throw new ControlError(
      404,
      `No such route. There is ${Object.keys(CONTROL_ROUTES).join(', ')}, GET /public-key, GET /events, GET /.`,
    );
  }
  response
    .writeHead(200, {
      'content-type': file.type,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'content-security-policy': contentSecurityPolicy(miniProgramUrl),
    })
    .end(file.content);
}

function contentSecurityPolicy(miniProgramUrl: string): string {
  const miniProgram = new URL(miniProgramUrl).origin;
  return [
    "default-src 'none'",
    "form-action 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "connect-src 'self'",
    'img-src data:',
    `frame-src ${miniProgram}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  if (response.headersSent) return void response.destroy();
  const headers = { 'content-type': 'application/json; charset=utf-8', 'x-content-type-options': 'nosniff' };
  response.writeHead(status, { ...headers, 'cache-control': 'no-store' }).end(JSON.stringify(value));
}
