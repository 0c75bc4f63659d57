import { describe, expect, it } from 'vitest';
import { pooledRandomBytes } from '../../libs/vodapay/src/session/pooled-random-bytes.js';

describe('Random bytes out of a pool', () => {
  it('are as many as asked for, and never given out twice, over many fillings', () => {
    const given = Array.from({ length: 5_000 }, (_, n) => pooledRandomBytes(12 + (n % 21)));
    expect(given.every(({ length }, n) => length === 12 + (n % 21))).toBe(true);
    expect(new Set(given.map((bytes) => bytes.subarray(0, 12).toString('hex'))).size).toBe(given.length);
  });

  it('are spread evenly', () => {
    const ones = Array.from({ length: 500 }, () => pooledRandomBytes(32))
      .flatMap((bytes) => [...bytes])
      .reduce((sum, byte) => sum + byte.toString(2).replaceAll('0', '').length, 0);
    // 128,000 bits: a deviation of 1 % is seven standard deviations.
    expect(Math.abs(ones / 128_000 - 0.5)).toBeLessThan(0.01);
  });

  it('are their holder’s own: what she changes changes nobody else’s', () => {
    const mine = pooledRandomBytes(16);
    mine.fill(7);
    expect(pooledRandomBytes(2_048).includes(Buffer.alloc(16, 7))).toBe(false);
  });

  it('are refused beyond the pool', () => {
    expect(() => pooledRandomBytes(2_049)).toThrow('at most 2048 bytes; 2049 were asked for');
  });
});
