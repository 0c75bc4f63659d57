import { expect, it } from 'vitest';
import { login, send } from '../../sample/client.js';
import { describeReplicas } from '../../sample/replicas.contract.js';
import { DATABASE_KINDS } from '../open-database.js';

for (const kind of DATABASE_KINDS.filter((one) => one === 'mariadb' || one === 'galera')) {
  describeReplicas(kind, (samples) => {
    it('keeps a name of four-byte characters, and the time to the millisecond', async () => {
      const sample = await samples.start(await samples.newDatabase());
      const before = Date.now();
      const { session } = await login({ sample, wallet: samples.wallet }, 'four-bytes');
      const after = Date.now();
      await send(sample.url, 'PATCH', '/me', { token: session.token, json: { displayName: 'Naledi 🦏' } });

      expect(await send(sample.url, 'GET', '/me', { token: session.token })).toMatchObject({
        body: { account: { displayName: 'Naledi 🦏' } },
      });
      const [row] = (await sample.dataSource.query('SELECT created_at FROM account')) as [
        { created_at: string | number },
      ];
      expect(Number(row.created_at)).toBeGreaterThanOrEqual(before);
      expect(Number(row.created_at)).toBeLessThanOrEqual(after);
    });
  });
}
