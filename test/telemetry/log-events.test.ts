import { readFileSync, readdirSync } from 'node:fs';
import { ConsoleLogger, Logger } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { conflictWords } from '../../libs/vodapay/src/linking/conflict-words.js';
import { LOG_EVENTS } from '../../libs/vodapay/src/telemetry/log-events.js';
import { tellLog } from '../../libs/vodapay/src/telemetry/tell-log.js';
import { startMerchant, type Merchant } from '../login/start-merchant.js';
import { idsOf, logged, written } from './logged-lines.js';

const ANNA = '216610000000000000778';

let merchant: Merchant;
beforeAll(async () => {
  merchant = await startMerchant();
});
afterAll(() => merchant.close());

describe("a login's log lines", () => {
  it('are events with fields of their own under a JSON logger, joined by one correlation id', async () => {
    const lines = await logged(() => merchant.login(ANNA));

    expect(lines.map(({ level, message }) => [level, message['event']])).toEqual([
      ['debug', 'vodapay.wallet.attempt'],
      ['debug', 'vodapay.wallet.attempt'],
      ['log', 'vodapay.link.changed'],
      ['debug', 'vodapay.login.succeeded'],
    ]);
    expect([...idsOf(lines)]).toEqual([expect.stringMatching(/^[0-9a-f-]{36}$/)]);
    expect(lines[0]).toMatchObject({
      context: 'VodaPay',
      message: { message: 'The wallet was asked.', operation: 'applyToken', attempt: 1, code: 'SUCCESS' },
    });
  });

  it("carry the keyed hash that stands in the link's event, and the next login another correlation id", async () => {
    const [first, second] = [await logged(() => merchant.login(ANNA)), await logged(() => merchant.login(ANNA))];
    const [event] = await merchant.dataSource.query('SELECT identity_hash FROM vodapay_link_event');

    expect(first.at(-1)?.message).toMatchObject({ outcome: 'existing', identityHash: event.identity_hash });
    expect(new Set([...idsOf(first), ...idsOf(second)]).size).toBe(2);
  });

  it('of a refusal name its code, also the line that tells of a 500 after the login is over', async () => {
    const refused = await logged(() => merchant.login(ANNA, 'token:USED_CODE'));
    expect(refused.map(({ message }) => message['event'])).toEqual([
      'vodapay.wallet.attempt',
      'vodapay.wallet.failed',
      'vodapay.login.refused',
    ]);
    expect(idsOf(refused).size).toBe(1);

    const find = vi.spyOn(merchant.accounts, 'find').mockRejectedValueOnce(new RangeError('a text with values'));
    onTestFinished(() => find.mockRestore());
    const failed = await logged(() => merchant.login(ANNA));
    expect(failed.at(-1)).toMatchObject({
      level: 'error',
      message: { event: 'vodapay.request.failed', code: 'VODAPAY_ACCOUNT_DIRECTORY_FAILED', stage: 'store' },
    });
    expect(idsOf(failed).size).toBe(1);
  });

  it("are one readable text each under Nest's own logger", async () => {
    const lines = await written(new ConsoleLogger({ colors: false }), () => merchant.login(ANNA, 'token:USED_CODE'));
    expect(lines[1]).toMatch(
      /WARN \[VodaPay\] An operation of the wallet failed\. vodapay\.wallet\.failed operation=applyToken code=VODAPAY_AUTH_CODE_USED resultCode=USED_CODE correlationId=[0-9a-f-]{36}/,
    );
  });
});

const root = new URL('../../libs/vodapay/src/', import.meta.url).pathname;
const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.startsWith('cli/'))
  .map((file) => ({ file, text: readFileSync(root + file, 'utf8') }));

it('one place of the library logs, so that no line is missing from the table', () => {
  const logging = sources.filter(({ text }) =>
    /\bLogger\b[^;]*from '@nestjs\/common'|\bconsole\.|process\.std(?:out|err)\b/.test(text),
  );
  expect(logging.map(({ file }) => file)).toEqual(['telemetry/tell-log.ts']);
});

it('every event of the table is logged somewhere', () => {
  const code = sources.filter(({ file }) => !file.startsWith('telemetry/')).map(({ text }) => text);
  expect(Object.keys(LOG_EVENTS).filter((event) => !code.some((text) => text.includes(`'${event}'`)))).toEqual([]);
});

it.each([
  ['the e-mail address is taken', 'the e-mail address is taken'],
  ['anna@shop.example is taken', expect.stringMatching(/^withheld/)],
  ['082 123 4567 is taken', expect.stringMatching(/^withheld/)],
  ['+27 (82) 123-4567', expect.stringMatching(/^withheld/)],
  ['taken, see ticket 4711', 'taken, see ticket 4711'],
])("R19 an application's words of a conflict are logged unless they hold a contact: %s", (words, logged) => {
  expect(conflictWords(words)).toEqual(logged);
});

it('A logger that the application sets later gets the lines, whichever levels the first one had', () => {
  const given: unknown[] = [];
  const take = (line: unknown): number => given.push(line);
  Logger.overrideLogger(['error']);
  Logger.overrideLogger({ log: take, debug: take, warn: take, error: take });
  onTestFinished(() => {
    Logger.overrideLogger(['log', 'error', 'warn', 'debug', 'verbose', 'fatal']);
    Logger.overrideLogger(false);
  });
  tellLog('vodapay.circuit.opened', { operation: 'inquiryUserInfo' });
  tellLog('vodapay.wallet.attempt', {
    operation: 'inquiryUserInfo',
    attempt: 1,
    code: 'SUCCESS',
    resultCode: undefined,
    durationMs: 1,
  });
  expect(given).toEqual([
    expect.objectContaining({ event: 'vodapay.circuit.opened' }),
    expect.objectContaining({ event: 'vodapay.wallet.attempt' }),
  ]);
});
