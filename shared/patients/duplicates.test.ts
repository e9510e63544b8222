import { describe, expect, test } from 'vitest';
import { birthdaysAgree, scoreDuplicate } from './duplicates.ts';

describe('birthdaysAgree', () => {
  test.each([
    ['1990-01-12', '1990-01-12', true],
    ['1990-01-12', '1990-01-21', true],
    ['1990-01-12', '1990-12-01', true],
    ['1990-01-12', '1980-01-12', true],
    ['1990-01-12', '1981-01-12', false],
    ['1990-01-12', '1985-11-30', false],
  ])('%s and %s: %s', (one, other, expected) => {
    expect(birthdaysAgree(one, other)).toBe(expected);
    expect(birthdaysAgree(other, one)).toBe(expected);
  });
});

describe('scoreDuplicate', () => {
  test('one national id is one person, and the reasons stand in falling weight', () => {
    const one = { name: '王小明', nationalId: '11010519491231002X', phone: '138 0013 8000' };
    const found = scoreDuplicate(one, { name: '王晓明', nationalId: '11010519491231002X', phone: '13800138000' }, true);
    expect(found?.reasons).toEqual(['nationalId', 'phone', 'namePinyin']);
  });

  test('the same name is shown, a name that only sounds alike needs more', () => {
    expect(scoreDuplicate({ name: '王小明' }, { name: '王小明' }, true)?.reasons).toEqual(['name']);
    expect(scoreDuplicate({ name: '王小明' }, { name: '王晓明' }, true)).toBeUndefined();
    expect(scoreDuplicate({ name: '王小明', birthday: '1990-01-12' }, { name: '王晓明', birthday: '1990-01-21' }, true)?.reasons).toEqual(['birthdayTypo', 'namePinyin']);
  });

  test('what is unknown on both sides agrees in nothing', () => {
    expect(scoreDuplicate({}, {}, false)).toBeUndefined();
    expect(scoreDuplicate({ phone: '' }, { phone: '' }, false)).toBeUndefined();
  });
});
