import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startLoopbackRegistry, type LoopbackRegistry } from '../loopback-registry.js';
import { runScript, runToEnd, untilItAnswers } from '../programs.js';

const DOCUMENT = readFileSync(new URL('../../../docs/quick-start.md', import.meta.url), 'utf8');
/** Where the document's commands listen: the application, the wallet, its control port. */
const ADDRESSES = [3000, 4000, 4001].map((port) => `http://127.0.0.1:${port}/`);

let registry: LoopbackRegistry;
let folder: string;
beforeAll(async () => {
  registry = await startLoopbackRegistry();
  folder = mkdtempSync(join(tmpdir(), 'quick-start-'));
});
afterAll(async () => {
  await registry?.stop();
  rmSync(folder, { recursive: true, force: true });
});

it('from `nest new` to a signed-in user in at most six commands, by the document alone', async () => {
  for (const address of ADDRESSES) await expect(fetch(address), `${address} must be free`).rejects.toThrow();
  const [setUp = '', signIn = ''] = [...DOCUMENT.matchAll(/```sh\n([\s\S]*?)```/g)].map((fence) => fence[1] ?? '');
  const commands = `${setUp}${signIn}`.split('\n').filter((line) => line !== '');
  expect(commands.length).toBeLessThanOrEqual(6);

  const shell = runScript(`${setUp}\nwait`, folder, registry.environment);
  try {
    for (const address of ADDRESSES) await untilItAnswers(address, shell);
    const say = async (): Promise<{ readonly token: string; readonly outcome: string }> =>
      JSON.parse(await runToEnd(signIn, folder)) as { token: string; outcome: string };
    const [first, second] = [await say(), await say()];
    expect([first.outcome, second.outcome]).toEqual(['created', 'existing']);
    const headers = { authorization: `Bearer ${second.token}` };
    const me = await fetch('http://127.0.0.1:3000/vodapay/me', { headers });
    expect(await me.json()).toEqual({ accountId: expect.any(String), vodaPayUserId: '216610000000000000001' });
  } finally {
    await shell.stop();
  }
});
