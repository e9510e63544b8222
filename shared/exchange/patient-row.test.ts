import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { importFields, type ImportField } from '../contract/exchange.ts';
import { nationalIdCheckCharacter } from '../patients/national-id.ts';
import { birthYearOfAge, parseDay } from './cell-values.ts';
import { suggestMapping } from './patient-columns.ts';
import { checkPatientRow } from './patient-row.ts';

const today = '2026-11-21';
const check = (row: Partial<Record<ImportField, string>>) => {
  const fields = Object.keys(row) as ImportField[];
  return checkPatientRow(fields.map((field) => row[field] ?? ''), Object.fromEntries(fields.map((field, index) => [field, index])), today);
};
const issues = (row: Partial<Record<ImportField, string>>) => check(row).issues?.map(({ path, code }) => `${path} ${code}`);
// The example of GB 11643-1999, annex A: a woman born on 31 December 1949.
const woman = '11010519491231002X';

describe('dates', () => {
  test.each([
    ['1990-01-02'], ['1990-1-2'], ['1990/1/2'], ['1990.1.2'], ['19900102'], ['1990年1月2日'], ['1990年01月02号'], ['１９９０－０１－０２'],
    ['1990-01-02 00:00:00'], ['1990/1/2 0:00'], ['1990-01-02T00:00:00.000Z'], [' 1990-01-02 '], ['32875'], ['32875.0'],
  ])('%s is 2 January 1990', (cell) => expect(check({ name: 'a', birthday: cell }).patient?.birthday).toBe('1990-01-02'));

  test.each([
    ['2023-02-30', 'invalid-date'], ['2023-13-01', 'invalid-date'], ['1900-02-29', 'invalid-date'], ['2026-11-22', 'date-in-future'],
    ['90-01-02', 'invalid-date'], ['02/01/1990', 'invalid-date'], ['2/1/90', 'invalid-date'], ['tomorrow', 'invalid-date'], ['1990', 'invalid-date'],
    ['1990-01/02', 'invalid-date'], ['1790-01-01', 'out-of-range'], ['<script>', 'invalid-date'], ['9'.repeat(1_000_000), 'invalid-date'],
  ])('%.20s is refused: %s', (cell, code) => expect(issues({ name: 'a', birthday: cell })).toEqual([`birthday ${code}`]));

  test('a serial number that may as well be a written date is refused', () => expect(parseDay('19901')).toBeUndefined());

  test('every real day comes back from each way of writing it', () => {
    const day = fc.date({ min: new Date('1900-01-01'), max: new Date('2026-11-20'), noInvalidDate: true });
    fc.assert(
      fc.property(day, (date) => {
        const iso = date.toISOString().slice(0, 10);
        const [year, month, dayOfMonth] = iso.split('-').map(Number) as [number, number, number];
        for (const written of [iso, iso.replaceAll('-', ''), `${year}/${month}/${dayOfMonth}`, `${year}年${month}月${dayOfMonth}日`]) {
          expect(parseDay(written)).toBe(iso);
        }
      }),
    );
  });
});

describe('ages', () => {
  test.each([['45', 1981], ['45岁', 1981], ['45.0', 1981], ['４５周岁', 1981], ['45 years old', 1981], ['2岁3个月', 2024], ['3个月', 2026], ['11个月', 2025], ['10天', 2026]])(
    '%s means born about %i',
    (cell, year) => expect(birthYearOfAge(cell, today)).toBe(year),
  );
  test('become an estimated birth year, unless the birthday says more', () => {
    expect(check({ name: 'a', age: '45' }).patient).toMatchObject({ estimatedBirthYear: 1981 });
    expect(check({ name: 'a', age: 'x', birthday: '1980-01-01' }).patient).not.toHaveProperty('estimatedBirthYear');
    expect(check({ name: 'a', age: '80', nationalId: woman }).patient).toMatchObject({ birthday: '1949-12-31' });
  });
  test.each([['old', 'invalid-age'], ['-3', 'invalid-age'], ['200', 'out-of-range'], ['1e9', 'invalid-age']])('%s is refused: %s', (cell, code) =>
    expect(issues({ name: 'a', age: cell })).toEqual([`age ${code}`]),
  );
});

describe('gender', () => {
  test.each([['男', 'male'], [' M ', 'male'], ['Male', 'male'], ['1', 'male'], ['女性', 'female'], ['F', 'female'], ['２', 'female'], ['其他', 'other'], ['未知', 'unknown'], ['', 'unknown']])(
    '%j is %s',
    (cell, gender) => expect(check({ name: 'a', gender: cell }).patient?.gender).toBe(gender),
  );
  test('a word that is none is refused, not taken for unknown', () => expect(issues({ name: 'a', gender: '男女' })).toEqual(['gender unknown-gender']));
});

describe('national id', () => {
  test('gives birthday and gender when they are missing', () => {
    expect(check({ name: 'a', nationalId: '110105 19491231 002x' }).patient).toMatchObject({ nationalId: woman, birthday: '1949-12-31', gender: 'female' });
  });
  test('does not overrule what is written', () => {
    expect(check({ name: 'a', nationalId: woman, gender: 'male' }).patient?.gender).toBe('male');
    expect(issues({ name: 'a', nationalId: woman, birthday: '1950-01-01' })).toEqual(['birthday differs-from-national-id']);
  });
  test('with a wrong check digit is refused and gives nothing', () => {
    const wrong = `${woman.slice(0, 17)}${nationalIdCheckCharacter(woman.slice(0, 17)) === 'X' ? '1' : 'X'}`;
    expect(issues({ name: 'a', nationalId: wrong, birthday: '1950-01-01' })).toEqual(['nationalId invalid-national-id']);
  });
  test.each([[`'${woman}`], [`${woman}\t`], ['１１０１０５１９４９１２３１００２Ｘ']])('%j, as spreadsheets keep it, is read', (cell) =>
    expect(check({ name: 'a', nationalId: cell }).patient?.nationalId).toBe(woman),
  );
  test('turned into a floating-point number by a spreadsheet is refused', () => {
    expect(issues({ name: 'a', nationalId: '1.10105E+17' })).toEqual(['nationalId invalid-national-id']);
  });
});

describe('phones', () => {
  test.each([['138 0013 8000', '138 0013 8000'], ["'+86 138", '+86 138'], ['０１０－８８８８', '010-8888'], ['010—8888', '010-8888'], ["'13800138000", '13800138000']])(
    '%s is %s',
    (cell, phone) => expect(check({ name: 'a', phone: cell }).patient?.phone).toBe(phone),
  );
  test('that are none are refused', () => expect(issues({ name: 'a', phone: '1.38E+10' })).toEqual(['phone invalid-phone']));
});

test('everything that is wrong with a row is said at once', () => {
  expect(issues({ name: '', gender: '?', birthday: '2023-02-30', phone: 'none', nationalId: '1', emergencyContactPhone: 'x' })).toEqual([
    'gender unknown-gender', 'name required', 'birthday invalid-date', 'phone invalid-phone', 'nationalId invalid-national-id',
    'emergencyContactPhone invalid-phone',
  ]);
});

test('a name of a megabyte is refused by its length', () => {
  expect(check({ name: '王'.repeat(1_000_000) }).issues).toEqual([{ path: 'name', code: 'too-long', params: { limit: 200 } }]);
});

test('markup and formulas are only text', () => {
  const cell = '<img src=x onerror=alert(1)>';
  const row = { name: cell, address: cell, insuranceNumber: cell, emergencyContactName: cell, emergencyContactRelationship: cell, notes: '\'=HYPERLINK("x")' };
  expect(check(row).patient).toMatchObject({ name: cell, address: cell, emergencyContact: { name: cell, relationship: cell }, notes: '=HYPERLINK("x")' });
});

test('lost characters and stray line breaks are refused', () => {
  expect(issues({ name: 'a\0b', address: '\uFFFD\uFFFD', notes: 'two\nlines' })).toEqual(['name unreadable-characters', 'address unreadable-characters']);
  expect(issues({ name: '王\n李' })).toEqual(['name unexpected-line-break']);
});

test('no cells whatever make it throw', () => {
  const mapping = Object.fromEntries(importFields.map((field, index) => [field, index]));
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary' })), (cells) => {
      const { patient, issues: found } = checkPatientRow(cells, mapping, today);
      expect((patient === undefined) !== (found === undefined)).toBe(true);
    }),
  );
});

describe('columns', () => {
  test.each([
    [['id', 'name', 'gender', 'age', 'birthday', 'address', 'phone'], { name: 1, gender: 2, age: 3, birthday: 4, address: 5, phone: 6 }],
    [['序号', '姓名*', '性别', '出生日期（年-月-日）', '年龄', '住址', '联系电话', '身份证', '保险号', '紧急联系人'],
      { name: 1, gender: 2, birthday: 3, age: 4, address: 5, phone: 6, nationalId: 7, insuranceNumber: 8, emergencyContactName: 9 }],
    [['Patient Name', 'SEX', 'D.O.B.', 'Mobile', '手机', 'national_id'], { name: 0, gender: 1, birthday: 2, phone: 3, nationalId: 5 }],
    [['emergencyContactPhone', 'nationalId', 'x'.repeat(1_000_000)], { emergencyContactPhone: 0, nationalId: 1 }],
    [[], {}],
  ])('%#', (columns, mapping) => expect(suggestMapping(columns)).toEqual(mapping));
});
