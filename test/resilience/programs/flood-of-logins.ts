import { Agent, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import type { Flood, FloodedLogin } from '../flood.js';

const { url, logins, overMs } = JSON.parse(process.argv[2] ?? '') as Flood;
const agent = new Agent({ keepAlive: true });
const startedAt = performance.now();
const sinceStart = (): number => performance.now() - startedAt;

const answers: Promise<FloodedLogin>[] = [];
while (answers.length < logins) {
  const due = Math.min(logins, Math.ceil((sinceStart() / overMs) * logins));
  while (answers.length < due) answers.push(login(answers.length));
  await delay(1);
}
process.stdout.write(JSON.stringify(await Promise.all(answers)));
agent.destroy();

function login(number: number): Promise<FloodedLogin> {
  const sentMs = sinceStart();
  const authCode = `0000000001FLOOD${String(number).padStart(25, '0')}`;
  return new Promise((resolve) => {
    const lost = ({ code }: NodeJS.ErrnoException): void => {
      const tookMs = sinceStart() - sentMs;
      resolve({ authCode, tookMs, status: 0, code, next: undefined, retryAfter: undefined });
    };
    const headers = { 'content-type': 'application/json' };
    const sent = request(`${url}/login`, { method: 'POST', headers, agent }, (response) => {
      const told = (body: string): void => {
        const { code, next } = JSON.parse(body) as Pick<FloodedLogin, 'code' | 'next'>;
        const { statusCode: status = 0, headers: heads } = response;
        resolve({ authCode, tookMs: sinceStart() - sentMs, status, code, next, retryAfter: heads['retry-after'] });
      };
      text(response).then(told).catch(lost);
    });
    sent.once('error', lost);
    sent.end(JSON.stringify({ authCode }));
  });
}
