import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { json } from 'node:stream/consumers';
import type { FreshConsumer } from './fresh-consumer.js';
import type { LocalWallet } from './local-wallet.js';

/** How a consumer ended that got SIGTERM while the wallet was being asked for a login. */
export interface StoppedConsumer {
  readonly login: { readonly status: number | undefined; readonly body: unknown };
  /** The signal that ended it: Nest sends it again once everything is closed. */
  readonly signal: NodeJS.Signals | null;
}

export async function stopDuringLogin(consumer: FreshConsumer, wallet: LocalWallet): Promise<StoppedConsumer> {
  const control = wallet.environment['WALLET_CONTROL_URL'] ?? '';
  const program = consumer.start('dist/serve.js', wallet.environment);
  const ended = once(program, 'exit');
  const [url] = (await once(program.stdout, 'data')) as [Buffer];
  const { body: code } = await post(`${control}/codes`, { userId: '2166100000000000000114', fault: 'inquiry:slow' });
  const before = await callsOf(control);
  const login = post(`${url.toString().trim()}/login`, code);
  while ((await callsOf(control)) === before);
  program.kill('SIGTERM');
  const [answer, [, signal]] = await Promise.all([login, ended]);
  return { login: answer, signal: signal as NodeJS.Signals | null };
}

/** On a connection of its own, which holds no server open. */
async function post(url: string, body: unknown): Promise<StoppedConsumer['login']> {
  const headers = { 'content-type': 'application/json' };
  const sent = request(url, { method: 'POST', headers, agent: new Agent({ keepAlive: false }) });
  sent.end(JSON.stringify(body));
  const [response] = await once(sent, 'response');
  return { status: response.statusCode, body: await json(response) };
}

async function callsOf(control: string): Promise<string> {
  return (await fetch(`${control}/calls`)).text();
}
