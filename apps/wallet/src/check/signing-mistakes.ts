import type { SignedParts } from '../protocol/content-to-sign.js';
import { OPERATION_PATHS } from '../protocol/operations.js';
import { parseWireTime } from '../protocol/wire-time.js';
import { bodyMistakes } from './body-mistakes.js';

/** A text that a merchant may have signed by mistake, and how to say so after "verifies over". */
export interface SigningMistake {
  readonly says: string;
  readonly text: string;
}

interface TextParts {
  readonly path: string;
  readonly clientId: string;
  readonly time: string;
  readonly body: string;
}

type Part = readonly [says: string, value: string];

/** Wrong path, body, time or layout alone, then wrong path and wrong body together. */
export function* signingMistakes(parts: SignedParts, host: string): Generator<SigningMistake> {
  const right: TextParts = { ...parts, body: parts.body.toString('utf8') };
  const paths = wrongPaths(right.path, host);
  const bodies = bodyMistakes(right.body);
  for (const [says, path] of paths) yield { says, text: layOut({ ...right, path }) };
  for (const [says, body] of bodies) yield { says, text: layOut({ ...right, body }) };
  for (const [says, time] of wrongTimes(right.time)) yield { says, text: layOut({ ...right, time }) };
  for (const [says, layOutWrongly] of WRONG_LAYOUTS) yield { says, text: layOutWrongly(right) };
  for (const [saysPath, path] of paths) {
    for (const [saysBody, body] of bodies) {
      yield { says: `${saysPath} and ${saysBody}`, text: layOut({ ...right, path, body }) };
    }
  }
}

function layOut({ path, clientId, time, body }: TextParts): string {
  return `POST ${path}\n${clientId}.${time}.${body}`;
}

const WRONG_LAYOUTS: readonly (readonly [string, (right: TextParts) => string])[] = [
  ['the text with a line end after it', (right) => `${layOut(right)}\n`],
  ['the text with \\r\\n after the path', (right) => layOut(right).replace('\n', '\r\n')],
  ['the text with a written \\n (backslash, n) after the path', (right) => layOut(right).replace('\n', '\\n')],
  ['the text without the line feed after the path', (right) => layOut(right).replace('\n', '')],
  ['the text with a blank for the line feed', (right) => layOut(right).replace('\n', ' ')],
  ['the text with the method in lower case', (right) => layOut(right).replace('POST', 'post')],
  ['the text with the method GET', (right) => layOut(right).replace('POST', 'GET')],
  ['the text without the method', (right) => layOut(right).replace('POST ', '')],
  ['the text without the dots', ({ path, clientId, time, body }) => `POST ${path}\n${clientId}${time}${body}`],
  ['commas for the dots', ({ path, clientId, time, body }) => `POST ${path}\n${clientId},${time},${body}`],
  ['line feeds for the dots', ({ path, clientId, time, body }) => `POST ${path}\n${clientId}\n${time}\n${body}`],
  ['the time before the client id', ({ path, clientId, time, body }) => `POST ${path}\n${time}.${clientId}.${body}`],
  ['the text without the client id', ({ path, time, body }) => `POST ${path}\n${time}.${body}`],
  ['the text without the time', ({ path, clientId, body }) => `POST ${path}\n${clientId}.${body}`],
  ['the body alone', ({ body }) => body],
];

function wrongPaths(path: string, host: string): readonly Part[] {
  const others = Object.values(OPERATION_PATHS).filter((other) => other !== path);
  return [
    ['the path without its leading slash', path.slice(1)],
    ['the full URL for the path', `http://${host}${path}`],
    ['the full URL for the path', `https://${host}${path}`],
    ['the host and the path', `${host}${path}`],
    ['the path with a slash at its end', `${path}/`],
    ['the path without /v2', path.replace('/v2', '')],
    ['the path with two slashes', `/${path}`],
    ['the path in lower case', path.toLowerCase()],
    ...others.map((other): Part => ['the path of the other operation', other]),
  ];
}

function wrongTimes(time: string): readonly Part[] {
  const epochMs = parseWireTime(time);
  if (epochMs === undefined) return [];
  const says = 'another spelling of the time than the header has';
  const utc = new Date(epochMs).toISOString();
  return [
    [says, utc],
    [says, utc.replace(/\.\d{3}Z/, 'Z')],
    [says, time.replace(/\.\d{3}/, '')],
    [says, time.replace(/(\d\d):(\d\d)$/, '$1$2')],
    [says, String(epochMs)],
  ];
}
