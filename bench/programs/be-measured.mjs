import { readFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';

/**
 * Makes this process one that is measured: it tells its address, then answers what the bench asks. `runs` are pieces of
 * work without HTTP, by name: `{ ask: 'run', name, count }` runs one `count` times, 64 at a time.
 *
 * A usage is in microseconds of CPU: of all threads, and of the main thread alone (Linux tells it; elsewhere NaN).
 */
export function beMeasured(url, runs = {}) {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const answers = {
    usage: () => {
      const loopDelayP99 = delay.percentile(99) / 1_000;
      delay.reset();
      return { ...usage(), loopDelayP99 };
    },
    run: async ({ name, count }) => {
      const before = usage();
      await inTurns(runs[name], count);
      const after = usage();
      return { all: after.all - before.all, main: after.main - before.main };
    },
  };
  process.on('message', (question) => {
    Promise.resolve(answers[question.ask](question)).then((answer) => process.send(answer), stop);
  });
  process.once('disconnect', () => process.exit());
  process.send({ url });
}

const WORKERS = 64;

async function inTurns(work, count) {
  let next = 0;
  const worker = async () => {
    while (next < count) await work((next += 1));
  };
  await Promise.all(Array.from({ length: WORKERS }, worker));
}

function usage() {
  const { user, system } = process.cpuUsage();
  return { all: user + system, main: mainThreadMicros() };
}

function mainThreadMicros() {
  try {
    return Number(readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8').split(' ')[0]) / 1_000;
  } catch {
    return Number.NaN;
  }
}

function stop(error) {
  console.error(error);
  process.exit(1);
}
