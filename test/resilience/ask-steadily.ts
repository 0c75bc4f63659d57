import { Agent, request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

/** A merchant, and sessions of its users. */
export interface Asked {
  readonly url: string;
  readonly bearers: readonly string[];
}

/**
 * Asks each merchant's session route at the same even rate, in turns, while `goOn` says so, and tells how long each answer
 * took, in milliseconds; Infinity where the connection was lost.
 */
export async function askSteadily(
  merchants: readonly Asked[],
  perSecond: number,
  goOn: (asked: number) => boolean,
): Promise<readonly (readonly number[])[]> {
  const agent = new Agent({ keepAlive: true });
  const startedAt = performance.now();
  const taken = merchants.map((): Promise<number>[] => []);
  let asked = 0;
  for (; goOn(asked); await delay(1)) {
    const due = ((performance.now() - startedAt) / 1_000) * perSecond;
    for (; asked < due; asked += 1) {
      for (const [index, merchant] of merchants.entries()) taken[index]?.push(answerOf(merchant, asked, agent));
    }
  }
  const tookMs = await Promise.all(taken.map((answers) => Promise.all(answers)));
  agent.destroy();
  return tookMs;
}

function answerOf({ url, bearers }: Asked, number: number, agent: Agent): Promise<number> {
  const headers = { authorization: `Bearer ${bearers[number % bearers.length] ?? ''}` };
  const startedAt = performance.now();
  return new Promise((resolve, reject) => {
    const sent = request(`${url}/me`, { agent, headers }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`A live session was answered with ${response.statusCode}.`));
      response.once('end', () => resolve(performance.now() - startedAt));
      response.resume();
    });
    sent.once('error', () => resolve(Infinity));
    sent.end();
  });
}
