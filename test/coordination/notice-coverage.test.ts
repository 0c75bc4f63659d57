import { describe, expect, it } from 'vitest';
import { NoticeCoverage } from '../../libs/vodapay/src/session/notice-coverage.js';

const WITHIN_MS = 1_000;

/** A coverage whose own beats come back at once. */
function listening(at = -1) {
  const coverage = new NoticeCoverage(WITHIN_MS);
  const beat = (now: number): void => coverage.heardOwn(coverage.send(now), now);
  beat(at);
  return { coverage, beat };
}

describe('The end of a session that was read a while ago', () => {
  it('is known while our own beats come back, and for a second after the last one that did', () => {
    const { coverage, beat } = listening();
    expect(coverage.covers(0, 998)).toBe(true);
    expect(coverage.covers(0, 999)).toBe(false);
    beat(5_000);
    expect(coverage.covers(0, 5_999)).toBe(true);
  });

  it('is known up to when the beat was sent, not to when it came back: a slow Redis hides what came after', () => {
    const { coverage } = listening();
    const beat = coverage.send(1_000);
    coverage.heardOwn(beat, 1_900);
    expect(coverage.covers(0, 1_999)).toBe(true);
    expect(coverage.covers(0, 2_000)).toBe(false);
  });

  it('is not known when it was read before anything was heard, or before an interruption', () => {
    const { coverage, beat } = listening(100);
    expect([coverage.covers(100, 150), coverage.covers(101, 150)]).toEqual([false, true]);
    coverage.interrupted();
    expect(coverage.covers(120, 150)).toBe(false);
    beat(200);
    expect([coverage.covers(200, 250), coverage.covers(201, 250)]).toEqual([false, true]);
  });

  it('is not known from a beat that was never sent, came back before, or was under way when the connection broke', () => {
    const { coverage } = listening();
    const replayed = coverage.send(500);
    coverage.heardOwn(replayed, 500);
    coverage.heardOwn(replayed, 5_000);
    coverage.heardOwn(99, 5_000);
    expect(coverage.covers(0, 5_000)).toBe(false);
    const lost = coverage.send(6_000);
    coverage.interrupted();
    coverage.heardOwn(lost, 6_001);
    expect(coverage.covers(6_002, 6_003)).toBe(false);
  });

  it('is not known once another process is silent for a second, until it says that it leaves', () => {
    const { coverage, beat } = listening();
    coverage.heardOther('other', 100);
    beat(1_200);
    expect(coverage.covers(0, 1_200)).toBe(false);
    coverage.heardOther('other', 1_300);
    beat(1_400);
    expect(coverage.covers(0, 1_500)).toBe(true);
    coverage.left('other');
    beat(9_000);
    expect(coverage.covers(0, 9_000)).toBe(true);
  });

  it('is known again ten minutes after a process that left without a word', () => {
    const { coverage, beat } = listening();
    coverage.heardOther('killed', 0);
    beat(599_999);
    expect(coverage.covers(0, 599_999)).toBe(false);
    beat(600_000);
    expect(coverage.covers(0, 600_000)).toBe(true);
  });

  it('is not known when it was read before something was missed or could not be understood', () => {
    const { coverage, beat } = listening();
    coverage.missed(500);
    beat(600);
    expect([coverage.covers(500, 700), coverage.covers(501, 700)]).toEqual([false, true]);
  });
});
