import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatWireTime, parseWireTime } from '../../libs/vodapay/src/protocol/wire-time.js';

const INSTANT = Date.parse('2021-02-22T15:49:26.913Z');

describe('the time of a request', () => {
  it.each([
    [undefined, '2021-02-22T17:49:26.913+02:00'],
    [0, '2021-02-22T15:49:26.913+00:00'],
    [330, '2021-02-22T21:19:26.913+05:30'],
    [-570, '2021-02-22T06:19:26.913-09:30'],
  ])('at an offset of %s minutes names the same instant', (offsetMinutes, text) => {
    expect(formatWireTime(INSTANT, offsetMinutes)).toBe(text);
    expect(Date.parse(text)).toBe(INSTANT);
  });

  it('always has three digits of milliseconds', () => {
    expect(formatWireTime(Date.parse('2026-01-01T00:00:00Z'))).toBe('2026-01-01T02:00:00.000+02:00');
  });

  it('is read back as the same instant, whatever the offset', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: Date.UTC(1971, 0), max: Date.UTC(9998, 0) }),
        fc.integer({ min: -1439, max: 1439 }),
        (epochMs, offsetMinutes) => parseWireTime(formatWireTime(epochMs, offsetMinutes)) === epochMs,
      ),
    );
  });
});

describe('the time of an answer', () => {
  it.each([
    ['seconds', '2021-02-22T17:49:27+02:00', '2021-02-22T15:49:27.000Z'],
    ['milliseconds', '2021-02-22T17:49:27.123+02:00', '2021-02-22T15:49:27.123Z'],
    ['tenths', '2021-02-22T17:49:27.1+02:00', '2021-02-22T15:49:27.100Z'],
    ['nanoseconds, cut to milliseconds', '2021-02-22T17:49:27.123999999+02:00', '2021-02-22T15:49:27.123Z'],
    ['UTC', '2021-02-22T15:49:27Z', '2021-02-22T15:49:27.000Z'],
    ['an offset to the west', '2021-02-22T06:19:27-09:30', '2021-02-22T15:49:27.000Z'],
    ['an offset without a colon', '2021-02-22T17:49:27+0200', '2021-02-22T15:49:27.000Z'],
    ['a leap day', '2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
    ['a time before 1970', '0099-12-31T23:59:59Z', '0099-12-31T23:59:59.000Z'],
  ])('is read with %s', (_, text, iso) => {
    expect(parseWireTime(text)).toBe(new Date(iso).getTime());
  });

  it.each([
    ['without an offset', '2021-02-22T17:49:27'],
    ['on a day that is not', '2021-02-30T17:49:27Z'],
    ['on 29 February of a common year', '2021-02-29T17:49:27Z'],
    ['at 24:00', '2021-02-22T24:00:00Z'],
    ['in month 13', '2021-13-01T00:00:00Z'],
    ['in minute 60', '2021-02-22T17:60:00Z'],
    ['in second 60', '2021-02-22T17:59:60Z'],
    ['with an offset of a day', '2021-02-22T17:49:27+24:00'],
    ['with ten digits of a fraction', '2021-02-22T17:49:27.1234567890Z'],
    ['with a point and no digits', '2021-02-22T17:49:27.Z'],
    ['with a blank for the T', '2021-02-22 17:49:27Z'],
    ['as a date alone', '2021-02-22'],
    ['as epoch seconds', '1614008967'],
    ['with something after it', '2021-02-22T17:49:27Z\n'],
    ['with six digits of a year', '+002021-02-22T17:49:27Z'],
    ['empty', ''],
  ])('is refused %s', (_, text) => {
    expect(parseWireTime(text)).toBeUndefined();
  });
});
