import { expect, it, onTestFinished } from 'vitest';
import { login, send } from './client.js';
import { describeReplicas } from './replicas.contract.js';
import { openTunnel } from './tunnel.js';

describeReplicas('postgres', (samples) => {
  it('answers 503 while the database is gone, and stays alive', async () => {
    const tunnel = await openTunnel(await samples.newDatabase());
    onTestFinished(() => tunnel.cut());
    const sample = await samples.start(tunnel.url);
    const { session } = await login({ sample, wallet: samples.wallet }, 'cut-off');

    await tunnel.cut();

    const gone = { status: 503, body: { statusCode: 503, code: 'VODAPAY_STORE_UNAVAILABLE', next: 'retry' } };
    for (const path of ['/health', '/me']) {
      const answer = await send(sample.url, 'GET', path, { token: session.token });
      expect(answer).toMatchObject(gone);
      expect(answer.headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
    }
    expect(await send(sample.url, 'GET', '/health/live')).toMatchObject({ status: 200 });
  });
});
