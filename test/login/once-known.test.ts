import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { onceKnown } from '../../libs/vodapay/src/once-known.js';

const shown = (value: unknown): string => `goes on with ${String(value)}`;

describe('What goes on once a value is known', () => {
  it.each([undefined, 'a session'])('does so at once with %j', (value) => {
    expect(onceKnown(value, shown)).toBe(`goes on with ${value}`);
  });

  it('waits for a promise, and leaves its failure alone', async () => {
    await expect(onceKnown(Promise.resolve('a session'), shown)).resolves.toBe('goes on with a session');
    await expect(onceKnown(Promise.reject(new Error('away')), shown)).rejects.toThrow('away');
  });

  it('waits for a promise of another class than the global one', async () => {
    const foreign = runInNewContext("Promise.resolve('a session')") as Promise<string>;
    expect(foreign).not.toBeInstanceOf(Promise);
    expect(await onceKnown(foreign, shown)).toBe('goes on with a session');
  });
});
