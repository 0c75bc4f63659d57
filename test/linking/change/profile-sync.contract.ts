import { describe, expect, it } from 'vitest';
import { loginOf } from '../linking-under-test.js';
import type { ChangesFixture } from './use-changes.js';

/** What of the wallet’s profile reaches the account, and when, whatever the database. */
export function profileSyncContract(fixture: ChangesFixture): void {
  describe('the profile of VodaPay', () => {
    const told = { nickName: 'Zola', gender: 'F', email: 'zola@example.test', phone: '+27600000001' };
    const loginWith = (policy: 'never' | 'on-create' | 'on-login') =>
      fixture.server({ profileSync: policy }).service.linkAtLogin(loginOf('user-1'), { userId: 'user-1', ...told });

    it('R15 reaches the account at each login where the policy says so, without contacts', async () => {
      const { accounts } = fixture;
      await loginWith('on-login');
      expect(accounts.updates).toEqual([]);

      const { link } = await loginWith('on-login');
      await expect.poll(() => accounts.updates).toEqual([[link.accountId, { nickName: 'Zola', gender: 'F' }]]);

      await loginWith('on-create');
      await loginWith('never');
      expect(accounts.updates).toHaveLength(1);
    });

    it('R15 reaches create, but under the policy "never" only by what a conflict is found', async () => {
      const { accounts } = fixture;
      const got: object[] = [];
      accounts.onCreate = async (profile, key) => {
        got.push(profile);
        return { id: accounts.add(key) };
      };
      await loginWith('never');

      expect(got).toEqual([{ userId: 'user-1', email: told.email, phone: told.phone }]);
    });

    it('fails no login when it cannot be stored, and is not asked for when there is nothing to store', async () => {
      const { accounts } = fixture;
      accounts.onUpdate = () => Promise.reject(new Error('no such column'));
      const { service } = fixture.server({ profileSync: 'on-login' });
      await loginWith('on-login');
      await service.linkAtLogin(loginOf('user-1'), { userId: 'user-1', email: told.email });
      expect(accounts.updates).toEqual([]);

      expect((await loginWith('on-login')).outcome).toBe('existing');
    });
  });
}
