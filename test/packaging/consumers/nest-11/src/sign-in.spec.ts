import { signIn } from './app';

test('a user signs in and a guarded route knows him', async () => {
  const userId = '2166100000000000000113';
  expect(await signIn(userId)).toEqual({
    stranger: 401,
    login: { status: 200, outcome: 'created' },
    me: { status: 200, accountId: 'account-1', userId },
    linkedAccount: 'account-1',
    isLogged: true,
    overUndici: 0,
  });
});
