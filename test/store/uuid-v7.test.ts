import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { uuidTime } from '../../libs/vodapay/src/store/uuid-time.js';
import { uuidV7 } from '../../libs/vodapay/src/store/uuid-v7.js';

describe('uuid v7', () => {
  it('is the example of RFC 9562, appendix A.6', () => {
    const random = Buffer.from('0cc318c4dc0c0c07398f', 'hex');

    expect(uuidV7(0x017f22e279b0, random)).toBe('017f22e2-79b0-7cc3-98c4-dc0c0c07398f');
  });

  it('tells the moment in it again', () => {
    expect(uuidTime('017f22e2-79b0-7cc3-98c4-dc0c0c07398f')).toBe(0x017f22e279b0);
  });

  it('sorts as text by time', () => {
    const ids = [1, 1_000, 1_763_856_000_000, 1_763_856_000_001].map((nowMs) => uuidV7(nowMs, randomBytes(10)));

    expect([...ids].sort()).toEqual(ids);
  });
});
