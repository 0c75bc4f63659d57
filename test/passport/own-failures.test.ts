import { Controller, Get } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import { VodaPayError, VodaPayExceptionFilter } from 'nestjs-vodapay';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { captureLogs } from '../inquiry/captured-logs.js';
import { MemoryAccounts } from '../linking/memory-accounts.js';
import { sendJson } from '../login/send-json.js';
import { startMerchant, type Merchant } from '../login/start-merchant.js';

const USER = '216610000000000000001';
const VALUE = 'hunter2hunter2';

class BrokenAccounts extends MemoryAccounts {
  override create(): never {
    throw Object.assign(new RangeError(`no account for ${VALUE}\n    at ${VALUE} (file.js:1:1)`), { code: 'E_SHOP' });
  }
}

let merchant: Merchant;
const errors = (lines: readonly string[]) => lines.filter((line) => line.startsWith('error'));

describe('a refusal with status 500 tells the operator its cause, once', () => {
  beforeEach(async () => {
    merchant = await startMerchant({ options: { accounts: new BrokenAccounts() } });
    onTestFinished(() => merchant.close());
  });

  it('class, code and place of what an AccountDirectory threw, without its text', async () => {
    const logs = captureLogs();
    onTestFinished(logs.release);

    expect(await merchant.login(USER)).toMatchObject({
      status: 500,
      body: { code: 'VODAPAY_ACCOUNT_DIRECTORY_FAILED' },
    });
    const [told = '', ...more] = errors(logs.lines);
    expect(more).toEqual([]);
    expect(told).toMatch(/code=VODAPAY_ACCOUNT_DIRECTORY_FAILED stage=store/);
    expect(told).toMatch(/caused by RangeError E_SHOP\n\s+at BrokenAccounts\.create .*own-failures\.test\.ts:\d+/);
    expect(logs.lines.join('\n')).not.toContain(VALUE);
  });

  it("the driver's code when a table is missing, and the remedy", async () => {
    await merchant.dataSource.query('DROP TABLE vodapay_account_link');
    const logs = captureLogs();
    onTestFinished(logs.release);

    expect(await merchant.login(USER)).toMatchObject({ status: 500, body: { code: 'VODAPAY_STORE_FAILED' } });
    const [told = '', ...more] = errors(logs.lines);
    expect(more).toEqual([]);
    expect(told).toMatch(
      /VODAPAY_STORE_FAILED stage=store detail=.*VODAPAY_MIGRATIONS.*\ncaused by SqliteError SQLITE_ERROR\n\s+at /,
    );
    expect(told).not.toContain('no such table');
  });

  it('nothing of a refusal that is not our own failure', async () => {
    const logs = captureLogs();
    onTestFinished(logs.release);

    expect(await merchant.request('GET', '/me', { bearer: 'vps_unknown' })).toMatchObject({ status: 401 });
    expect(errors(logs.lines)).toEqual([]);
  });
});

@Controller()
class ThrowingController {
  @Get('fail')
  fail(): never {
    const cause = new Error(VALUE, { cause: new TypeError(VALUE) });
    throw new VodaPayError('VODAPAY_STORE_FAILED', { cause });
  }
}

it('the filter tells the whole chain of causes too', async () => {
  const testing = await Test.createTestingModule({
    controllers: [ThrowingController],
    providers: [{ provide: APP_FILTER, useClass: VodaPayExceptionFilter }],
  }).compile();
  const app = testing.createNestApplication();
  await app.listen(0, '127.0.0.1');
  onTestFinished(() => app.close());
  const logs = captureLogs();
  onTestFinished(logs.release);

  expect(await sendJson(`${await app.getUrl()}/fail`, { method: 'GET' })).toMatchObject({ status: 500 });
  expect(errors(logs.lines)).toEqual([
    expect.stringMatching(/VODAPAY_STORE_FAILED[\s\S]*caused by Error\n[\s\S]*caused by TypeError\n\s+at /),
  ]);
  expect(logs.lines.join('\n')).not.toContain(VALUE);
});
