import { QueryFailedError } from 'typeorm';
import { expect, it, onTestFinished } from 'vitest';
import { forTheLog } from '../../apps/sample/src/refusals/for-the-log.js';
import { captureLogs } from '../inquiry/captured-logs.js';
import { authCode, send } from './client.js';
import { useSample } from './use-sample.js';

const shop = useSample();

it('a failing account table is one ERROR line with its cause, and never the text of the database', async () => {
  await shop.sample.dataSource.query('DROP TABLE account');
  const logs = captureLogs();
  onTestFinished(logs.release);

  const json = { authCode: await authCode(shop.wallet, 'unlucky-user') };
  expect(await send(shop.sample.url, 'POST', '/auth/vodapay/login', { json })).toMatchObject({
    status: 500,
    body: { code: 'VODAPAY_ACCOUNT_DIRECTORY_FAILED', next: 'new-auth-code' },
  });

  const [told = '', ...more] = logs.lines.filter((line) => line.startsWith('error'));
  expect(more).toEqual([]);
  expect(told).toMatch(/VODAPAY_ACCOUNT_DIRECTORY_FAILED stage=store[\s\S]*caused by SqliteError SQLITE_ERROR\n/);
  expect(told).toMatch(/at .*AccountsService\.create .*accounts\.service\.ts/);
  expect(told).not.toMatch(/no such table|INSERT/);
});

it('the log follows a failure to its original cause', () => {
  const query = new QueryFailedError(
    'SELECT 1',
    ['me@shop.example'],
    Object.assign(new Error('me@shop.example exists'), { code: 'ER_DUP_ENTRY' }),
  );
  const failure = new Error('outer', { cause: new Error('inner', { cause: query }) });

  expect(forTheLog(failure)).toMatch(
    /^Error: outer\n[\s\S]*\ncaused by: Error: inner\n[\s\S]*\ncaused by: QueryFailedError \(ER_DUP_ENTRY\)\n/,
  );
  expect(forTheLog(failure)).not.toContain('me@shop.example');
  expect(forTheLog('text')).toBe('A string was thrown.');
});
