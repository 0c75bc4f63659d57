import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { expect, it, onTestFinished } from 'vitest';
import { createApp } from '../../apps/sample/src/create-app.js';
import { readEnvironment } from '../../apps/sample/src/environment.js';
import { SampleLogger } from '../../apps/sample/src/sample-logger.js';
import { VodaPayAccountLinkRepository } from '../../libs/vodapay/src/linking/vodapay-account-link.repository.js';
import { AesSecretBox } from '../../libs/vodapay/src/session/aes-secret-box.js';
import { parseSealingKeys } from '../../libs/vodapay/src/session/parse-sealing-keys.js';
import { sessionPlace } from '../../libs/vodapay/src/session/session-place.js';
import { VodaPaySessionRepository } from '../../libs/vodapay/src/session/vodapay-session.repository.js';
import { VODAPAY_OPTIONS } from '../../libs/vodapay/src/vodapay.tokens.js';
import type { ResolvedVodaPayOptions } from '../../libs/vodapay/src/vodapay.options.js';
import { recordSecret } from '../leaks/record-secret.js';
import { storeLink } from '../linking/store-link.js';
import { authCode, send, type LoginBody } from './client.js';
import { SampleProcess } from './sample-process.js';
import { startSample, startWalletForSample, temporaryFolder } from './start-sample.js';

const OTHER_SESSIONS = 600;
const newKey = (id: string): string => `${id}:${recordSecret('sealing key', randomBytes(32).toString('base64'))}`;

it(
  'npm run reseal: stopped by a signal and run again, it lets the old sealing key go and signs nobody out',
  { timeout: 240_000 },
  async () => {
    const { wallet, variables } = await startWalletForSample();
    onTestFinished(() => wallet.stop());
    const folder = temporaryFolder();
    onTestFinished(folder.remove);
    const [old, fresh] = [newKey('old'), newKey('new')];
    const under = (keys: string): NodeJS.ProcessEnv => ({
      ...variables,
      DATABASE_URL: `sqlite:${join(folder.path, 'sample.sqlite')}`,
      VODAPAY_SEALING_KEYS: keys,
      VODAPAY_REVALIDATE_AFTER_MS: '0',
    });
    const before = await startSample(under(old));
    const json = { authCode: await authCode(wallet, 'resealed') };
    const { token } = ((await send(before.url, 'POST', '/auth/vodapay/login', { json })).body as LoginBody).session;
    await before.stop();
    await storeSessions(under(old), old);

    const stopped = new SampleProcess(under(`${fresh},${old}`), 'reseal');
    await stopped.speaking();
    stopped.signal('SIGTERM');
    expect(await stopped.ended).toBe(1);
    expect(stopped.output).toContain('Keep the older keys, and run it again.');

    const resumed = new SampleProcess(under(`${fresh},${old}`), 'reseal');
    expect(await resumed.ended).toBe(0);
    expect(resumed.output).toContain('0 open with no key.');
    expect(resumed.output).toContain('The older keys may go.');
    const counts = [stopped, resumed].map(({ output }) => Number(/(\d+) sealed anew/.exec(output)?.[1]));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(OTHER_SESSIONS + 1);

    const after = await startSample(under(fresh));
    onTestFinished(() => after.stop());
    expect((await send(after.url, 'GET', '/me', { token })).status).toBe(200);
  },
);

/** As many sessions that the program takes a while. */
async function storeSessions(variables: NodeJS.ProcessEnv, key: string): Promise<void> {
  const app = await createApp(readEnvironment(variables), new SampleLogger());
  const { namespace, clientId } = app.get<ResolvedVodaPayOptions>(VODAPAY_OPTIONS, { strict: false });
  const sessions = app.get(VodaPaySessionRepository, { strict: false });
  const box = new AesSecretBox(parseSealingKeys(key, 'key'));
  const now = Date.now();
  const dataSource = app.get(DataSource);
  const linkId = sessions.newId(now);
  const links = app.get(VodaPayAccountLinkRepository, { strict: false });
  await storeLink(links, { id: linkId, namespace, clientId, userId: 'somebody', accountId: 'somebody', at: now });
  await dataSource.query('BEGIN');
  for (let n = 0; n < OTHER_SESSIONS; n += 1) {
    const id = sessions.newId(now);
    await sessions.open({
      id,
      tokenHash: randomBytes(32).toString('hex'),
      linkId,
      accountId: 'somebody',
      createdAt: now,
      expiresAt: now + 86_400_000,
      accessToken: await box.seal('a token', sessionPlace({ namespace, clientId }, id, 'access_token')),
      accessTokenExpiresAt: null,
      refreshToken: null,
      refreshTokenExpiresAt: null,
    });
  }
  await dataSource.query('COMMIT');
  await app.close();
}
