// Writes everything this process says into the recording of the run: what goes to stdout, stderr and the console, and
// every HTTP answer that refuses something. Beside it, it notes the secrets that pass through HTTP servers (`secrets-…`),
// so that the scan knows them by value. Loaded by the test workers and, through NODE_OPTIONS, by every Node process a test
// starts; therefore plain JavaScript without dependencies. Without a recording folder it does nothing.
import { appendFileSync } from 'node:fs';
import http from 'node:http';
import { join } from 'node:path';

const folder = process.env.TEST_RECORDING_FOLDER;
const largestAnswerRead = 262_144;

/** Keys of JSON answers whose values are secret or personal → kind of secret. */
const SECRET_FIELDS = {
  authCode: 'auth code',
  accessToken: 'access token',
  refreshToken: 'refresh token',
  token: 'session token',
  loginId: 'e-mail or phone',
  contactNo: 'e-mail or phone',
  hashLoginId: 'e-mail or phone',
};

export function recordOutput(kind, text) {
  if (folder !== undefined) append('output', { kind, text });
}

export function recordSecret(kind, value) {
  if (folder !== undefined) append('secrets', { kind, value });
}

function append(name, entry) {
  appendFileSync(join(folder, `${name}-${process.pid}.jsonl`), `${JSON.stringify(entry)}\n`);
}

/** Calls `seen` with the arguments of each call of `object[name]`, then the method itself. */
function tap(object, name, seen) {
  const original = object[name];
  object[name] = function tapped(...args) {
    seen.call(this, ...args);
    return original.apply(this, args);
  };
}

function toText(chunk) {
  return typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
}

function tapOutput() {
  for (const name of ['stdout', 'stderr']) tap(process[name], 'write', (chunk) => recordOutput(name, toText(chunk)));
}

function tapAnswers() {
  const chunks = new WeakMap();
  const keep = (response, chunk) => {
    if (typeof chunk !== 'string' && !(chunk instanceof Uint8Array)) return;
    chunks.set(response, [...(chunks.get(response) ?? []), Buffer.from(chunk)]);
  };
  tap(http.ServerResponse.prototype, 'write', function onWrite(chunk) {
    if ((chunks.get(this)?.length ?? 0) < 64) keep(this, chunk);
  });
  tap(http.ServerResponse.prototype, 'end', function onEnd(chunk) {
    keep(this, chunk);
    const body = Buffer.concat(chunks.get(this) ?? []);
    chunks.delete(this);
    readAnswer(this, body.length > largestAnswerRead ? '' : body.toString());
  });
}

function readAnswer(response, body) {
  const request = response.req;
  noteSecretsOfHeaders(request.headers, response);
  noteSecretsOfBody(body);
  // `/v2/…` is the wallet's side: what it answers is input of the product, not its output.
  if (response.statusCode >= 400 && !request.url.startsWith('/v2/')) {
    recordOutput('answer', `${request.method} ${response.statusCode} ${JSON.stringify(response.getHeaders())} ${body}`);
  }
}

function noteSecretsOfHeaders(headers, response) {
  const bearer = /^bearer\s+(\S{16,})$/i.exec(headers.authorization ?? '')?.[1];
  if (bearer !== undefined) recordSecret('bearer', bearer);
  for (const header of [headers.signature, response.getHeader('signature')]) {
    const signature = /signature=(\S{40,})\s*$/.exec(String(header ?? ''))?.[1];
    if (signature !== undefined) recordSecret('signature', signature);
  }
}

function noteSecretsOfBody(body) {
  if (!body.startsWith('{') && !body.startsWith('[')) return;
  try {
    JSON.parse(body, (key, value) => {
      const kind = Object.hasOwn(SECRET_FIELDS, key) ? SECRET_FIELDS[key] : undefined;
      if (kind !== undefined && typeof value === 'string' && value.length >= 8) recordSecret(kind, value);
      return value;
    });
  } catch {
    // An answer that is deliberately no JSON holds nothing by name.
  }
}

if (folder !== undefined) {
  tapOutput();
  tapAnswers();
}
