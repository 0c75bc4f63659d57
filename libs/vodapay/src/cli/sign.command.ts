import { contentToSign } from '../protocol/content-to-sign.js';
import { encodeSignature } from '../protocol/encode-signature.js';
import { OPERATIONS } from '../protocol/operations.js';
import { PrivateKeySigner } from '../protocol/private-key-signer.js';
import { formatSignatureHeader } from '../protocol/signature-header.js';
import { formatWireTime, parseWireTime } from '../protocol/wire-time.js';
import type { Command, CommandValues, ExitCode } from './command.js';
import { readKeyVariable } from './read-key-variable.js';
import { readVariables } from './read-variables.js';
import type { Terminal } from './terminal.js';
import { UsageError } from './usage-error.js';

/** Prints what is signed for a body, to compare with what another program signs. Sends nothing. */
export const sign: Command = {
  says: 'prints the text that is signed for a body, and the headers to send with it',
  options: {
    operation: { value: 'name', says: `${Object.keys(OPERATIONS).join(' or ')}; default inquiryUserInfo` },
    body: { value: 'json', says: 'the body as it will travel; default: standard input' },
    time: { value: 'time', says: 'Request-Time, RFC 3339 with an offset; default: now' },
    'env-file': { value: 'file', says: 'VODAPAY_CLIENT_ID, VODAPAY_PRIVATE_KEY or _FILE, VODAPAY_KEY_VERSION' },
  },
  run: signBody,
};

async function signBody(values: CommandValues, terminal: Terminal): Promise<ExitCode> {
  const { path } = operationOf(String(values['operation'] ?? 'inquiryUserInfo'));
  const time = String(values['time'] ?? formatWireTime(terminal.now()));
  if (parseWireTime(time) === undefined) {
    throw new UsageError('--time must be RFC 3339 with an offset, as 2026-11-25T18:00:00.000+02:00.');
  }
  const body = values['body'] === undefined ? await terminal.input() : String(values['body']);
  const variables = await readVariables(terminal.environment, values['env-file']);
  const clientId = variables['VODAPAY_CLIENT_ID'];
  if (clientId === undefined) throw new UsageError('VODAPAY_CLIENT_ID is not set.');
  const key = await readKeyVariable(variables, 'VODAPAY_PRIVATE_KEY');
  if (key.text === undefined) throw new UsageError(key.problem ?? 'VODAPAY_PRIVATE_KEY is not set.');
  const signer = new PrivateKeySigner({
    privateKey: key.text,
    keyVersion: Number(variables['VODAPAY_KEY_VERSION'] ?? 1),
  });
  const text = contentToSign({ path, clientId, time, body });
  const { keyVersion, signature } = await signer.sign(text);
  terminal.out(
    `The text to sign (UTF-8, ${Buffer.byteLength(text)} bytes; one line feed, no line end after the body):`,
  );
  terminal.out(text);
  terminal.out('');
  terminal.out('The headers:');
  terminal.out('Content-Type: application/json');
  terminal.out(`Client-Id: ${clientId}`);
  terminal.out(`Request-Time: ${time}`);
  const header = formatSignatureHeader({ keyVersion, signature: encodeSignature(signature, 'base64') });
  terminal.out(`Signature: ${header}`);
  return 0;
}

function operationOf(name: string): { readonly path: string } {
  const found = Object.values(OPERATIONS).find((operation) => operation.name === name);
  if (found !== undefined) return found;
  throw new UsageError(`--operation must be ${Object.keys(OPERATIONS).join(' or ')}.`);
}
