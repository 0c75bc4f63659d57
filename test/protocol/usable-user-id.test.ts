import { describe, expect, it } from 'vitest';
import { isUsableUserId } from '../../libs/vodapay/src/protocol/usable-user-id.js';

describe('R12: a subject', () => {
  it.each([
    ['21 digits', '216610000000000000001'],
    ['one character', 'o'],
    ['64 characters', 'x'.repeat(64)],
    ['punctuation', 'user:42/_-.@x'],
    ['other scripts', 'zoë-日本'],
    ['a word that only contains null', 'nullable'],
  ])('may be %s', (_, value) => {
    expect(isUsableUserId(value)).toBe(true);
  });

  it.each([
    ['missing', undefined],
    ['null', null],
    ['a number', 216_610_000_000_000],
    ['a bigint', 216_610_000_000_000_000_001n],
    ['an array', ['216610000000000000001']],
    ['an object', { toString: () => '216610000000000000001' }],
    ['a boolean', true],
    ['empty', ''],
    ['a blank', ' '],
    ['a no-break space', '\u00A0'],
    ['blank at its end', 'o1 '],
    ['blank at its start', ' o1'],
    ['blank inside', 'o 1'],
    ['with a tab', 'o1\t'],
    ['with a newline', 'o1\n'],
    ['with NUL', 'o1\u0000'],
    ['with DEL', 'o1\u007F'],
    ['with a zero-width space', 'o1\u200B'],
    ['with a byte order mark', '\uFEFFo1'],
    ['with a right-to-left mark', 'o1\u202E'],
    ['with half a surrogate pair', 'o1\uD83D'],
    ['"null"', 'null'],
    ['"undefined"', 'undefined'],
    ['"NULL"', 'NULL'],
    ['65 characters', 'x'.repeat(65)],
  ])('is never %s', (_, value) => {
    expect(isUsableUserId(value)).toBe(false);
  });
});
