import { describe, expect, it } from 'vitest';
import { costlier, nearestMajor, ratioOfSums } from '../../bench/kept-ratios.mjs';

describe('npm run bench:check', () => {
  it('compares what whole rounds have cost, several subjects together where a side names them', () => {
    const costs = { login: [30, 50], call: [10, 10], route: [5, 15] };
    expect(ratioOfSums({ of: ['login'], to: ['call', 'call', 'route'] }, costs)).toBe(80 / 60);
  });

  it.each([
    [22, [20, 22, 24], 22],
    [22, [20, 24], 20],
    [26, [20, 24], 24],
    [18, [24, 20], 20],
  ])('on Node %i, with %j kept, compares with Node %i', (wanted, majors, nearest) => {
    expect(nearestMajor(majors, wanted)).toBe(nearest);
  });

  it('names what is worse by more than it may be, and nothing that was never kept', () => {
    const ratios = [
      { id: 'client', worseBy: 1.4 },
      { id: 'login', worseBy: 1.4 },
      { id: 'guarded', worseBy: 1.25 },
      { id: 'unheard', worseBy: 1.4 },
    ];
    const reached = { client: 1.4, login: 2.9, guarded: 1.9, unheard: 9 };
    expect(costlier(ratios, reached, { client: 1, login: 2.1, guarded: 1.5 })).toEqual([ratios[2]]);
  });
});
