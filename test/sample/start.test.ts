import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { freePort } from '../programs/free-port.js';
import { temporaryFolder } from './start-sample.js';

const START = fileURLToPath(new URL('../../apps/start/', import.meta.url));

/** Stands in for the sample and the wallet: listens, and makes the files that they would make. */
const PROGRAM = `
  import { writeFileSync } from 'node:fs';
  import { createServer } from 'node:net';
  const { PORT, CONTROL_PORT, DATABASE_URL, WALLET_STATE_FILE } = process.env;
  const file = WALLET_STATE_FILE ?? DATABASE_URL.slice('sqlite:'.length);
  writeFileSync(file, '');
  createServer().listen(PORT, '127.0.0.1');
  if (WALLET_STATE_FILE !== undefined) createServer().listen(CONTROL_PORT, '127.0.0.1');
`;

it("npm start tells how an app of one's own uses the wallet, and keeps its files to their owner", async () => {
  const clone = temporaryFolder();
  onTestFinished(clone.remove);
  cpSync(START, join(clone.path, 'apps/start'), { recursive: true });
  for (const app of ['sample', 'wallet']) {
    mkdirSync(join(clone.path, 'dist/apps', app), { recursive: true });
    writeFileSync(join(clone.path, 'dist/apps', app, 'main.js'), PROGRAM);
  }
  writeFileSync(join(clone.path, 'package.json'), '{ "type": "module" }');
  const [PORT = '', WALLET_PORT = '', CONTROL_PORT = ''] = [await freePort(), await freePort(), await freePort()].map(
    String,
  );
  const child = spawn(process.execPath, [join(clone.path, 'apps/start/start.mjs')], {
    env: { ...process.env, DATABASE_URL: '', PORT, WALLET_PORT, CONTROL_PORT },
  });
  onTestFinished(() => end(child));

  const [before = '', command = '', after = ''] =
    /([\s\S]*?)\n(curl .*)\n([\s\S]*)/.exec(await welcome(child))?.slice(1) ?? [];

  expect(before).not.toContain('curl ');
  expect(command).toContain(`127.0.0.1:${CONTROL_PORT}/codes`);
  expect(after).toContain(`Your own app against this wallet: baseUrl http://127.0.0.1:${WALLET_PORT}`);
  expect(after).toContain('client id SAMPLE-MINI-PROGRAM');
  const data = join(clone.path, '.data');
  for (const file of ['merchant-private-key.pem', 'wallet-public-key.pem']) expect(after).toContain(join(data, file));
  const modes = readdirSync(data).map((file) => [file, statSync(join(data, file)).mode & 0o777]);
  expect(modes).toContainEqual(['sample.sqlite', 0o600]);
  expect(modes.filter(([, mode]) => mode !== 0o600)).toEqual([]);
});

/** Everything printed up to the last line of the welcome. */
async function welcome({ stdout }: ChildProcess): Promise<string> {
  if (stdout === null) throw new Error('The output of npm start is not read.');
  const lines: string[] = [];
  for await (const line of createInterface({ input: stdout })) {
    lines.push(line);
    if (line.startsWith('Ctrl-C')) break;
  }
  stdout.resume();
  return lines.join('\n');
}

async function end(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}
